// SPDX-License-Identifier: GPL-2.0-only
/*
 * A libFuzzer target for the parser. What it finds is no crash alone: a text that is
 * accepted must say the same when it is written again in the plainest form.
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
	if (line.order.dry_run)
		len += snprintf(text + len, size - len, " dry-run");
	return len + snprintf(text + len, size - len, "\n");
}

static void check_line(const struct request_line *line)
{
	struct request_line rest = *line, again;
	struct request_target target;
	char text[4096], second[4096];
	const char *at = text;
	unsigned int nr = 0;
	size_t len;

	while (request_next_target(&rest, &target)) {
		assert(target.pid >= 1 && target.pid <= REQUEST_MAX_PID);
		nr++;
	}
	assert(nr == line->nr_targets && !nr == line->order.all);
	assert(order_is_valid(&line->order));

	len = print(*line, text, sizeof(text));
	assert(request_next_line(&at, text + len, &again) == 1 && at == text + len);
	assert(print(again, second, sizeof(second)) == len && !memcmp(text, second, len));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	const char *at = (const char *)data, *end = at + size;
	struct request_line line;
	size_t run;

	while (request_next_line(&at, end, &line) > 0)
		check_line(&line);
	if (!request_cut((const char *)data, 0, size, true, &run))
		assert(run <= size && run);
	return 0;
}
