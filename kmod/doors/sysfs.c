// SPDX-License-Identifier: GPL-2.0-only
/* The files of /sys/kernel/zreap. */
#include <linux/kobject.h>
#include <linux/sysfs.h>

#include "record/stats.h"
#include "sysfs.h"
#include "text/request.h"

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

static ssize_t options_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	enum option option;
	int len = 0;

	for (option = 0; option < NR_OPTIONS; option++)
		len += sysfs_emit_at(buf, len, "%s%s", option ? " " : "", option_name(option));
	return len + sysfs_emit_at(buf, len, "\n");
}

static struct kobj_attribute version_attribute = __ATTR_RO(version);
static struct kobj_attribute verbs_attribute = __ATTR_RO(verbs);
static struct kobj_attribute options_attribute = __ATTR_RO(options);

static struct attribute *attributes[] = {
	&version_attribute.attr,
	&verbs_attribute.attr,
	&options_attribute.attr,
	NULL
};

static const struct attribute_group about = { .attrs = attributes };

static ssize_t result_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf);
static ssize_t spared_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf);

#define COUNTER(prefix, id, word, shower) \
	[RESULT_##id] = { .attr = { .name = prefix word, .mode = 0444 }, .show = shower },

static struct kobj_attribute result_attributes[NR_RESULTS] = {
#define ZREAP_RESULT(id, word, error, meaning) COUNTER("", id, word, result_show)
	ZREAP_RESULTS(ZREAP_RESULT)
#undef ZREAP_RESULT
};

static struct kobj_attribute spared_attributes[NR_RESULTS] = {
#define ZREAP_RESULT(id, word, error, meaning) COUNTER("spared-", id, word, spared_show)
	ZREAP_RESULTS(ZREAP_RESULT)
#undef ZREAP_RESULT
};

static ssize_t result_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%llu\n", stats_result(attr - result_attributes));
}

static ssize_t spared_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%llu\n", stats_spared(attr - spared_attributes));
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
	/* For these reasons "all" spares a zombie. */
	&spared_attributes[RESULT_DENIED].attr,
	&spared_attributes[RESULT_THREADS].attr,
	&spared_attributes[RESULT_BUSY].attr,
	&spared_attributes[RESULT_TRACED].attr,
	&spared_attributes[RESULT_KERNEL_CHILD].attr,
	&spared_attributes[RESULT_PARENT_STOPPED].attr,
	&spared_attributes[RESULT_PARENT_BUSY].attr,
	&spared_attributes[RESULT_YOUNG].attr,
	&spared_attributes[RESULT_OWN_CHILD].attr,
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
