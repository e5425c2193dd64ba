#include "probe.h"

#include "fba.h"

#include <linux/mman.h>
#include <sys/syscall.h>

#define STACK_LOOKED_AT 65536

void *malloc(size_t size);
_Noreturn void abort(void);

/* Set by the linker script; the rest of its page is the program's too. */
extern volatile char subject_data_end[];

static volatile int zero;
static volatile int seven = 7;
static volatile char large[8192];

struct last_arguments {
    long second, third, sixth;
};

static void call_kernel(long number, long argument, struct last_arguments more)
{
#if defined(__x86_64__)
    long result = number;
    register long r10 __asm__("r10") = 0;
    register long r8 __asm__("r8") = 0;
    register long r9 __asm__("r9") = more.sixth;
    __asm__ volatile("syscall"
                     : "+a"(result)
                     : "D"(argument), "S"(more.second), "d"(more.third), "r"(r10),
                       "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = argument;
    register long x1 __asm__("x1") = more.second;
    register long x2 __asm__("x2") = more.third;
    register long x3 __asm__("x3") = 0;
    register long x4 __asm__("x4") = 0;
    register long x5 __asm__("x5") = more.sixth;
    __asm__ volatile("svc 0"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                     : "memory");
#endif
}

static void call_kernel_32(long number)
{
#if defined(__x86_64__)
    __asm__ volatile("int $0x80" : "+a"(number) : "b"(0L), "c"(0L), "d"(0L) : "memory");
#else
    (void)number;
#endif
}

static void read_clock(void)
{
#if defined(__x86_64__)
    __asm__ volatile("rdtsc" : : : "eax", "edx");
#endif
}

static int recurse(volatile char *above)
{
    volatile char here[1024];

    here[0] = *above;
    return recurse(here) + here[0];
}

__attribute__((no_sanitize("undefined"))) static int divide(int by)
{
    volatile int dividend = 1000;

    return dividend / by;
}

static int overflow(void)
{
    volatile int large = 0x7fffffff;

    return large + 1;
}

/* Below this frame nobody has been yet, but for what the way here has left. */
static void look_at_stack(void)
{
    volatile unsigned char *const here = __builtin_frame_address(0);

    for (size_t i = 4096; i < STACK_LOOKED_AT; i++) {
        while (here[-(ptrdiff_t)i] != 0) {
        }
    }
}

static void soil_stack(void)
{
    volatile unsigned char far[STACK_LOOKED_AT + 8192];

    for (size_t i = 0; i < sizeof far; i++) {
        far[i] = 0x5a;
    }
}

static void soil(void)
{
    zero = 1;
    seven = 8;
    large[5000] = 1;
    if ((uintptr_t)subject_data_end % 4096 != 0) {
        subject_data_end[0] = 1;
    }
    soil_stack();
}

static void expect_clean(void)
{
    while (zero != 0 || seven != 7 || large[5000] != 0) {
    }
    while ((uintptr_t)subject_data_end % 4096 != 0 && subject_data_end[0] != 0) {
    }
    look_at_stack();
}

static void probe_program(uintptr_t a, enum probe probe)
{
    volatile char top = 0;

    switch (probe) {
    case PROBE_RECURSE:
        zero = recurse(&top);
        return;
    case PROBE_DIVIDE:
        zero = divide((int)a);
        return;
    case PROBE_OVERFLOW:
        zero = overflow();
        return;
    case PROBE_ABORT:
        abort();
    case PROBE_TRAP:
        __builtin_trap();
    case PROBE_SPIN:
        for (;;) {
        }
    case PROBE_FORBIDDEN:
        zero = malloc(1) != NULL;
        return;
    default:
        return;
    }
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    const uintptr_t a = (uintptr_t)fba;

    switch ((enum probe)capacity) {
    case PROBE_SYSTEM_CALL:
        call_kernel((long)a, (long)(uintptr_t)buffer, (struct last_arguments){0});
        return;
    case PROBE_KEYED_CALL:
        call_kernel((long)a, 0,
                    (struct last_arguments){.sixth = (long)(uintptr_t)buffer});
        return;
    case PROBE_SYSTEM_CALL_32:
        call_kernel_32((long)a);
        return;
    case PROBE_CLOCK:
        read_clock();
        return;
    case PROBE_READ:
        zero = *(volatile unsigned char *)a;
        return;
    case PROBE_WRITE:
        *(volatile unsigned char *)a = 0x5a;
        return;
    case PROBE_ZERO:
        while (*(volatile unsigned char *)a != 0) {
        }
        return;
    case PROBE_JUMP:
        ((void (*)(void))a)();
        return;
    case PROBE_STACK:
        look_at_stack();
        return;
    case PROBE_EMPTY:
        call_kernel(SYS_madvise, (long)a,
                    (struct last_arguments){.second = 4096, .third = MADV_DONTNEED});
        return;
    case PROBE_SOIL:
        soil();
        return;
    case PROBE_CLEAN:
        expect_clean();
        return;
    default:
        probe_program(a, (enum probe)capacity);
    }
}

/* An allocator without functions. fba_reset and build_array are missing on purpose. */
allocator fba_allocator(fixed_buffer_allocator *fba)
{
    static const allocator_vtable nothing;

    return (allocator){.ctx = fba, .vtable = &nothing};
}
