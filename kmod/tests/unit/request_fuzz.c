// SPDX-License-Identifier: GPL-2.0-only
/*
 * A libFuzzer target for the parser. It finds more than crashes: a text that the parser
 * accepts must mean the same after it is written again in the plainest form.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "request.h"

/* The plainest form of a line; targets that do not fit are left out. */
static size_t print(struct request_line line, char *text, size_t size)
{
	struct request_target target;
	size_t len = snprintf(text, size, "%s", verb_name(line.order.verb));

	if (line.order.all)
		len += snprintf(text + len, size - len, " all");
	while (size - len > 128 && request_next_target(&line, &target)) {
		len += snprintf(text + len, size - len, " %u", target.pid);
		if (target.has_start)
			len += snprintf(text + len, size - len, "@%llu",
					(unsigned long long)target.start);
	}
	if (line.order.has_min_age)
		len += snprintf(text + len, size - len, " min-age=%llums",
				(unsigned long long)line.order.min_age_ns / 1000000);
	if (line.order.parent)
		len += snprintf(text + len, size - len, " parent=%u", line.order.parent);
	if (line.order.to)
		len += snprintf(text + len, size - len, " to=%u", line.order.to);
	if (line.order.signal)
		len += snprintf(text + len, size - len, " signal=%d", line.order.signal);
	if (line.order.gentle)
		len += snprintf(text + len, size - len, " gentle");
	if (line.order.force)
		len += snprintf(text + len, size - len, " force");
	if (line.order.dry_run)
		len += snprintf(text + len, size - len, " dry-run");
	return len + snprintf(text + len, size - len, "\n");
}

static void check_line(const struct request_line *line)
{
	struct request_line rest = *line, again;
	struct request_target target;
	char text[4096], second[4096];
	struct request_text plain = { .at = text };
	struct request_error error;
	unsigned int nr = 0;
	size_t len;

	while (request_next_target(&rest, &target)) {
		assert(target.pid >= 1 && target.pid <= REQUEST_MAX_PID);
		nr++;
	}
	assert(nr == line->nr_targets && !nr == line->order.all);
	assert(order_is_valid(&line->order));
	assert(line->order.gentle || !line->order.all);

	len = print(*line, text, sizeof(text));
	plain.end = text + len;
	assert(request_next_line(&plain, &again, &error) == 1 && plain.at == plain.end);
	assert(print(again, second, sizeof(second)) == len && !memcmp(text, second, len));
}

/* An error points into the text, has advice, and is told in one line of plain text. */
static void check_error(const struct request_error *error, const char *at, const char *end)
{
	char text[REQUEST_ERROR_BYTES];
	size_t len = request_error_text(error, text), i;

	assert(error->line && error->word >= at && error->word <= end &&
	       error->len <= (size_t)(end - error->word));
	assert(error->advice && *error->advice);
	assert(len == strlen(text) && len < sizeof(text) - 1);
	for (i = 0; i < len; i++)
		assert(text[i] >= 0x20 && text[i] <= 0x7e);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	const char *at = (const char *)data, *end = at + size;
	struct request_text text = { .at = at, .end = end };
	struct request_error error;
	struct request_line line;
	size_t run;
	int result;

	while ((result = request_next_line(&text, &line, &error)) > 0)
		check_line(&line);
	if (result)
		check_error(&error, at, end);
	if (request_cut(at, 0, size, true, &run, &error))
		check_error(&error, at, end);
	else
		assert(run <= size && run);
	return 0;
}
