/*
 * markup: text within HTML and XML.
 */
#ifndef FORMATS_MARKUP_H
#define FORMATS_MARKUP_H

#include <stdio.h>

/* Writes a text so that it is only text, within an element or a quoted attribute, in
 * HTML as in XML 1.0: what XML has no character for becomes U+FFFD. NULL is "". */
void markup_text(FILE *out, const char *text);

#endif
