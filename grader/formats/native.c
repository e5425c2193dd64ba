/* The report itself; report.schema.json describes it. */
#include "page.h"
#include "writers.h"

void format_native(struct page *page)
{
    struct json_writer json;
    json_writer_init(&json, page->out);
    json_write_tree(&json, NULL, page->report->root);
}
