/*
 * unmask: makes the judge's texts readable when it starts.
 *
 * In a handout the judge lies on a student's disk, and what its hidden tests say and
 * are called shall not be found there by a search for words. tools/handout_object.py
 * has changed every byte of its texts; this changes them back. It hides nothing from a
 * debugger.
 */

/* The linker names the first byte of a section, and the one behind it. */
extern unsigned char __start_masked_text[]; /* NOLINT(bugprone-reserved-identifier) */
extern unsigned char __stop_masked_text[];  /* NOLINT(bugprone-reserved-identifier) */

__attribute__((constructor)) static void unmask(void)
{
    for (unsigned char *byte = __start_masked_text; byte != __stop_masked_text;
         byte++) {
        *byte ^= MASK;
    }
}
