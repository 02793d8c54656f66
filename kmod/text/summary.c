// SPDX-License-Identifier: GPL-2.0-only
/* Batches as text. */
#include <linux/kernel.h>
#include <linux/string.h>

#include "row.h"
#include "summary.h"

/* Add counts such as "1 reaped, 3 alive" behind a prefix; add nothing if all are 0. */
static size_t add_counts(char *buf, size_t len, const char *first,
			 const unsigned int counts[NR_RESULTS])
{
	const char *before = first;
	enum result result;

	for (result = 0; result < NR_RESULTS; result++) {
		if (!counts[result])
			continue;
		len += scnprintf(buf + len, SUMMARY_BYTES - len, "%s%u %s", before,
				 counts[result], result_name(result));
		before = ", ";
	}
	return len;
}

size_t summary_text(const struct summary *summary, char buf[SUMMARY_BYTES])
{
	char name[ROW_NAME_BYTES];
	size_t len;

	row_escape(summary->comm, true, name, sizeof(name));
	len = scnprintf(buf, SUMMARY_BYTES, "%s[%d] uid %u: %u target%s", name, summary->pid,
			summary->uid, summary->nr_targets, summary->nr_targets == 1 ? "" : "s");
	len = add_counts(buf, len, ", ", summary->counts);
	if (summary->ending)
		len += scnprintf(buf + len, SUMMARY_BYTES - len, "%s", summary->ending);
	return add_counts(buf, len, "; spared: ", summary->spared);
}
