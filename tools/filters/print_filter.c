#include "print_filter.h"

#include <linux/filter.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* libseccomp writes a program to a descriptor only. */
static int export(scmp_filter_ctx context)
{
    const int file = memfd_create("filter", 0);

    if (file >= 0 && seccomp_export_bpf(context, file) == 0 &&
        lseek(file, 0, SEEK_SET) == 0) {
        return file;
    }
    if (file >= 0) {
        close(file);
    }
    return -1;
}

int print_filter(scmp_filter_ctx context, const char *name)
{
    struct sock_filter rule;
    ssize_t got = 0;

    /* A search tree instead of a list, where libseccomp can make one: the kernel tries
     * a filter with every number of a call when it is put on. */
    seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    const int file = export(context);
    if (file < 0) {
        return -1;
    }
    printf("static const struct sock_filter %s[] = {\n", name);
    while ((got = read(file, &rule, sizeof rule)) == (ssize_t)sizeof rule) {
        printf("    {0x%x, %u, %u, 0x%x},\n", rule.code, rule.jt, rule.jf, rule.k);
    }
    printf("};\n");
    close(file);
    return got == 0 && fflush(stdout) == 0 ? 0 : -1;
}
