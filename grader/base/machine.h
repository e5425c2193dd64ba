/*
 * machine: the processor that this grader runs on, and submissions with it.
 *
 * The one thing to get wrong: an ELF file for another one may be run all the same; a
 * kernel that knows 32-bit programs reads their headers in another way than we do.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include <elf.h>

#if defined(__x86_64__)
#define MACHINE EM_X86_64
#define MACHINE_NAME "x86-64"
#elif defined(__aarch64__)
#define MACHINE EM_AARCH64
#define MACHINE_NAME "64-bit ARM"
#else
#error "the grader knows x86_64 and aarch64"
#endif

#endif
