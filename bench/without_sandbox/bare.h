/*
 * bare: the words by which a program without a sandbox can be told from a real one.
 */
#ifndef BARE_H
#define BARE_H

/* Each file that stands in for a part of the sandbox has them. */
#define BARE_MARK                                                                      \
    __attribute__((used)) static const char bare_mark[] =                              \
        "this program has no sandbox; it is for measurements only"

#endif
