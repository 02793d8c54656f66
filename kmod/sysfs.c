// SPDX-License-Identifier: GPL-2.0-only
/* The files of /sys/kernel/zreap. */
#include <linux/kobject.h>
#include <linux/sysfs.h>

#include "request.h"
#include "stats.h"
#include "sysfs.h"
#include "version.h"

static ssize_t version_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", ZREAP_VERSION);
}

static ssize_t verbs_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	enum verb verb;
	int len = 0;

	for (verb = 0; verb < NR_VERBS; verb++)
		len += sysfs_emit_at(buf, len, "%s%s", verb ? " " : "", verb_name(verb));
	return len + sysfs_emit_at(buf, len, "\n");
}

static struct kobj_attribute version_attribute = __ATTR_RO(version);
static struct kobj_attribute verbs_attribute = __ATTR_RO(verbs);

static struct attribute *attributes[] = {
	&version_attribute.attr,
	&verbs_attribute.attr,
	NULL
};

static const struct attribute_group about = { .attrs = attributes };

static ssize_t result_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf);

static struct kobj_attribute result_attributes[NR_RESULTS] = {
#define ZREAP_RESULT(id, word, error, meaning) \
	[RESULT_##id] = { .attr = { .name = word, .mode = 0444 }, .show = result_show },
	ZREAP_RESULTS(ZREAP_RESULT)
#undef ZREAP_RESULT
};

static ssize_t result_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%llu\n", stats_result(attr - result_attributes));
}

static ssize_t longest_hold_ns_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%llu\n", stats_longest_hold());
}

static struct kobj_attribute longest_hold_attribute = __ATTR_RO(longest_hold_ns);

static struct attribute *stats_attributes[] = {
#define ZREAP_RESULT(id, word, error, meaning) \
	[RESULT_##id] = &result_attributes[RESULT_##id].attr,
	ZREAP_RESULTS(ZREAP_RESULT)
#undef ZREAP_RESULT
	&longest_hold_attribute.attr,
	NULL
};

static const struct attribute_group stats = { .name = "stats", .attrs = stats_attributes };

static const struct attribute_group *groups[] = { &about, &stats, NULL };

static struct kobject *folder;

int sysfs_publish(void)
{
	int err;

	folder = kobject_create_and_add("zreap", kernel_kobj);
	if (!folder)
		return -ENOMEM;
	err = sysfs_create_groups(folder, groups);
	if (err)
		kobject_put(folder);
	return err;
}

void sysfs_retract(void)
{
	sysfs_remove_groups(folder, groups);
	kobject_put(folder);
}
