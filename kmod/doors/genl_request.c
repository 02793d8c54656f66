// SPDX-License-Identifier: GPL-2.0-only
/* From attributes to batches. */
#include <linux/math64.h>
#include <linux/time64.h>

#include "genl_request.h"

/* Not const, because older kernels do not take it const. */
static struct netlink_range_validation pid_range = { .min = 1, .max = REQUEST_MAX_PID };

#define PID_POLICY NLA_POLICY_FULL_RANGE(NLA_U32, &pid_range)

static const struct nla_policy target_policy[ZREAP_A_TARGET_MAX + 1] = {
	[ZREAP_A_TARGET_PID] = PID_POLICY,
	[ZREAP_A_TARGET_START] = { .type = NLA_U64 },
};

const struct nla_policy genl_get_policy[ZREAP_A_TARGET + 1] = {
	[ZREAP_A_TARGET] = NLA_POLICY_NESTED(target_policy),
};

const struct nla_policy genl_take_policy[ZREAP_A_FORCE + 1] = {
	[ZREAP_A_TARGET] = NLA_POLICY_NESTED(target_policy),
	[ZREAP_A_ALL] = { .type = NLA_FLAG },
	[ZREAP_A_MIN_AGE_MS] = { .type = NLA_U64 },
	[ZREAP_A_PARENT] = PID_POLICY,
	[ZREAP_A_TO] = PID_POLICY,
	[ZREAP_A_SIGNAL] = NLA_POLICY_RANGE(NLA_U32, 1, REQUEST_MAX_SIGNAL),
	[ZREAP_A_DRY_RUN] = { .type = NLA_FLAG },
	[ZREAP_A_ROW] = { .type = NLA_REJECT },
	[ZREAP_A_GENTLE] = { .type = NLA_FLAG },
	[ZREAP_A_FORCE] = { .type = NLA_FLAG },
};

int genl_target(const struct nlattr *attr, struct request_target *wanted,
		struct netlink_ext_ack *extack)
{
	struct nlattr *parts[ZREAP_A_TARGET_MAX + 1];
	int err = nla_parse_nested(parts, ZREAP_A_TARGET_MAX, attr, target_policy, extack);

	if (err)
		return err;
	if (!parts[ZREAP_A_TARGET_PID]) {
		NL_SET_ERR_MSG(extack, "a target has no pid");
		return -EINVAL;
	}
	*wanted = (struct request_target){ .pid = nla_get_u32(parts[ZREAP_A_TARGET_PID]) };
	if (parts[ZREAP_A_TARGET_START]) {
		wanted->has_start = true;
		wanted->start = nla_get_u64(parts[ZREAP_A_TARGET_START]);
	}
	return 0;
}

static u32 number_of(const struct nlattr *attr)
{
	return attr ? nla_get_u32(attr) : 0;
}

int genl_order(struct order *order, u8 cmd, struct nlattr **attrs,
	       struct netlink_ext_ack *extack)
{
	static const enum verb verbs[ZREAP_CMD_MAX + 1] = {
		[ZREAP_CMD_REAP] = VERB_REAP,
		[ZREAP_CMD_ADOPT] = VERB_ADOPT,
		[ZREAP_CMD_RELEASE] = VERB_RELEASE,
	};
	u64 min_age_ms = 0;

	if (attrs[ZREAP_A_MIN_AGE_MS])
		min_age_ms = nla_get_u64(attrs[ZREAP_A_MIN_AGE_MS]);
	*order = (struct order){
		.verb = verbs[cmd],
		.all = attrs[ZREAP_A_ALL],
		.dry_run = attrs[ZREAP_A_DRY_RUN],
		.gentle = attrs[ZREAP_A_GENTLE],
		.force = attrs[ZREAP_A_FORCE],
		.has_min_age = attrs[ZREAP_A_MIN_AGE_MS],
		.min_age_ns = min_age_ms * NSEC_PER_MSEC,
		.parent = number_of(attrs[ZREAP_A_PARENT]),
		.to = number_of(attrs[ZREAP_A_TO]),
		.signal = number_of(attrs[ZREAP_A_SIGNAL]),
	};
	if (min_age_ms > div_u64(U64_MAX, NSEC_PER_MSEC)) {
		NL_SET_ERR_MSG(extack, "min-age-ms is too large");
		return -EINVAL;
	}
	if (!order_is_valid(order)) {
		NL_SET_ERR_MSG(extack,
			       "all wants min-age-ms, parent wants all, to and signal want adopt, and KILL and STOP tell an adopter nothing");
		return -EINVAL;
	}
	if (order->all == !!attrs[ZREAP_A_TARGET]) {
		NL_SET_ERR_MSG(extack, "either targets or all must be given");
		return -EINVAL;
	}
	order_complete(order);
	return 0;
}

int genl_targets(const struct nlmsghdr *nlh, unsigned int *nr, struct netlink_ext_ack *extack)
{
	struct request_target wanted;
	struct nlattr *attr;
	int rest, err = 0;

	*nr = 0;
	nlmsg_for_each_attr(attr, nlh, GENL_HDRLEN, rest) {
		if (nla_type(attr) != ZREAP_A_TARGET)
			continue;
		err = genl_target(attr, &wanted, extack);
		if (err)
			break;
		(*nr)++;
		cond_resched();
	}
	return err;
}
