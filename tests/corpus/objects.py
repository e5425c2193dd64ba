"""Objects that no compiler makes: the bytes of one that a compiler made, changed."""

import struct

HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
SECTION = struct.Struct("<IIQQQQIIQQ")
SYMBOL = struct.Struct("<IBBHQQ")
RELOCATION = struct.Struct("<QQq")
SHT_PROGBITS, SHT_SYMTAB, SHT_RELA, SHT_GROUP = 1, 2, 4, 17
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR, SHF_MERGE, SHF_STRINGS = 1, 2, 4, 0x10, 0x20
SHF_OS_NONCONFORMING = 0x100
OFFSET, COUNT, NAMES = 6, 12, 13  # in the header: e_shoff, e_shnum, e_shstrndx


class Elf:
    """A relocatable object, taken apart just far enough."""

    def __init__(self, data):
        self.data = bytearray(data)
        self.header = list(HEADER.unpack_from(self.data))
        self.sections = [list(SECTION.unpack_from(self.data, self.header[OFFSET] +
                                                  n * SECTION.size))
                         for n in range(self.header[COUNT])]

    def name_of(self, section):
        start = self.sections[self.header[NAMES]][4] + section[0]
        return self.data[start:self.data.index(0, start)].decode()

    def of_type(self, kind):
        return next(s for s in self.sections if s[1] == kind)

    def named(self, name):
        return next(s for s in self.sections if self.name_of(s) == name)

    def symbols(self):
        """(place in the file, fields) of each symbol."""
        table = self.of_type(SHT_SYMTAB)
        for at in range(table[4], table[4] + table[5], SYMBOL.size):
            yield at, list(SYMBOL.unpack_from(self.data, at))

    def symbol_name(self, symbol):
        names = self.sections[self.of_type(SHT_SYMTAB)[6]]
        start = names[4] + symbol[0]
        return self.data[start:self.data.index(0, start)].decode()

    def append(self, data):
        """Puts bytes at the end; returns where."""
        self.data += bytes(-len(self.data) % 16)
        at = len(self.data)
        self.data += data
        return at

    def bytes(self):
        table = b"".join(SECTION.pack(*section) for section in self.sections)
        self.header[OFFSET] = self.append(table)
        HEADER.pack_into(self.data, 0, *self.header)
        return bytes(self.data)


def change_symbol(elf, symbol_name, **fields):
    """Sets fields of the symbol of that name."""
    places = {"name": 0, "info": 1, "section": 3, "value": 4, "size": 5}
    for at, symbol in elf.symbols():
        if elf.symbol_name(symbol) == symbol_name:
            for field, value in fields.items():
                symbol[places[field]] = value
            SYMBOL.pack_into(elf.data, at, *symbol)
            return
    raise ValueError(f"no symbol {symbol_name}")


def sections_65000(elf):
    """65,000 sections of nothing, each allowed by itself."""
    text = elf.named(".text")
    empty = [text[0], SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, 0, 0, 0, 0, 0, 1, 0]
    wanted = 65000 - len(elf.sections)
    elf.sections += [list(empty) for _ in range(wanted)]
    elf.header[COUNT] = len(elf.sections)


def sections_counted_elsewhere(elf):
    """The number of sections is not in the header but in the first section."""
    elf.sections[0][5] = len(elf.sections)
    elf.header[COUNT] = 0


def section_hidden_from_the_count(elf):
    """The header counts one section fewer than the linker's loop may reach."""
    hidden = list(elf.sections[1])
    hidden[1] = 14  # SHT_INIT_ARRAY
    elf.sections.append(hidden)


def symbol_in_no_section(elf):
    """fba_reset lies in a section whose number is beyond the last."""
    change_symbol(elf, "fba_reset", section=0xfe00)


def symbol_just_beyond_the_sections(elf):
    """fba_reset lies in the section behind the last."""
    change_symbol(elf, "fba_reset", section=len(elf.sections))


def symbol_in_a_table(elf):
    """fba_reset lies in the table of symbols, which makes its value a bare address."""
    table = elf.sections.index(elf.of_type(SHT_SYMTAB))
    change_symbol(elf, "fba_reset", section=table, value=0x400200)


def symbol_section_extended(elf):
    """fba_reset's section number is said to be in a table that there is not."""
    change_symbol(elf, "fba_reset", section=0xffff)


def symbol_absolute(elf):
    """fba_reset is an address in the program that will be made: a guess at its start."""
    change_symbol(elf, "fba_reset", section=0xfff1, value=0x400200)


def symbol_beyond_its_section(elf):
    """fba_reset begins far behind the end of its section."""
    change_symbol(elf, "fba_reset", value=0x7fffffff)


def symbol_name_beyond_its_table(elf):
    """A symbol's name lies outside the table of names."""
    change_symbol(elf, "fba_reset", name=0x7fffffff)


def relocation_outside_its_section(elf):
    """A relocation writes at an offset that its section does not have."""
    at = elf.of_type(SHT_RELA)[4]
    fields = list(RELOCATION.unpack_from(elf.data, at))
    fields[0] = (1 << 64) - 0x1000
    RELOCATION.pack_into(elf.data, at, *fields)


def relocation_of_the_symbols(elf):
    """The relocations are for the table of symbols, not for code."""
    elf.of_type(SHT_RELA)[7] = elf.sections.index(elf.of_type(SHT_SYMTAB))


def relocation_against_no_symbol(elf):
    """A relocation refers to a symbol that the table does not reach."""
    at = elf.of_type(SHT_RELA)[4]
    fields = list(RELOCATION.unpack_from(elf.data, at))
    fields[1] = (0xffffff << 32) | (fields[1] & 0xffffffff)
    RELOCATION.pack_into(elf.data, at, *fields)


def strings_overlap_code(elf):
    """The table of symbol names begins inside the code."""
    names = elf.sections[elf.of_type(SHT_SYMTAB)[6]]
    text = elf.named(".text")
    code = elf.append(elf.data[names[4]:names[4] + names[5]])
    names[4] = code
    text[5] += text[4] + 0x100000


def undefined_dot(elf):
    """An undefined function whose name is the linker's own place counter."""
    name = next(s for _, s in elf.symbols() if elf.symbol_name(s) == "becomes_a_dot")[0]
    start = elf.sections[elf.of_type(SHT_SYMTAB)[6]][4] + name
    elf.data[start:start + 2] = b".\0"


def undefined_option(elf):
    """An undefined function whose name looks like an option of the linker."""
    name = next(s for _, s in elf.symbols() if elf.symbol_name(s) == "becomes_a_dot")[0]
    start = elf.sections[elf.of_type(SHT_SYMTAB)[6]][4] + name
    elf.data[start:start + 5] = b"-Tx=\0"


def entry_and_segments(elf):
    """A relocatable object that also says where to begin, and what to load."""
    elf.header[4] = 0x400000
    elf.header[5] = elf.append(struct.pack("<IIQQQQQQ", 3, 4, 0, 0, 0, 16, 16, 1))
    elf.header[9], elf.header[10] = 56, 1


def merged_code(elf):
    """Code that the linker is asked to merge as strings."""
    text = elf.named(".text")
    text[2] |= SHF_MERGE | SHF_STRINGS
    text[9] = 1


def merged_data(elf):
    """Variables that the linker is asked to merge with others of their value."""
    data = elf.named(".data")
    data[2] |= SHF_MERGE
    data[9] = 4


def code_of_unknown_flags(elf):
    """Code with a flag that says: who does not know what this is must not link it."""
    elf.named(".text")[2] |= SHF_OS_NONCONFORMING


def group_that_is_loaded(elf):
    """Variables that call themselves a group of sections, at an alignment of 2^57."""
    data = elf.named(".data")
    data[1] = SHT_GROUP
    data[8] = 1 << 57


CHANGES = {change.__name__: change for change in (
    sections_65000, sections_counted_elsewhere, section_hidden_from_the_count,
    symbol_in_no_section, symbol_section_extended, symbol_absolute,
    symbol_beyond_its_section, symbol_name_beyond_its_table,
    relocation_outside_its_section, relocation_of_the_symbols,
    relocation_against_no_symbol, strings_overlap_code, undefined_dot,
    undefined_option, entry_and_segments, merged_code, merged_data,
    code_of_unknown_flags, group_that_is_loaded, symbol_just_beyond_the_sections,
    symbol_in_a_table)}


def changed(name, data):
    """The object with the change that `name` names."""
    if name not in CHANGES:
        raise ValueError(f"objects.py does not know {name}")
    elf = Elf(data)
    CHANGES[name](elf)
    return elf.bytes()
