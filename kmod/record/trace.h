/* SPDX-License-Identifier: GPL-2.0-only */
/* The tracepoint zreap:zreap_result: the result of each target. */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM zreap

#if !defined(ZREAP_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define ZREAP_TRACE_H

#include <linux/string.h>
#include <linux/tracepoint.h>

#include "batch/batch.h"

/* Room for a verb, and for a result. A plain number, since tools read it from the event's format. */
#define TRACE_WORD_BYTES 24

TRACE_EVENT(zreap_result,
	TP_PROTO(const struct batch *batch, const struct item *item),
	TP_ARGS(batch, item),
	TP_STRUCT__entry(
		__field(pid_t, pid)
		__field(pid_t, ppid)
		__field(int, status)
		__field(int, error)
		__field(unsigned long long, age_ns)
		__field(pid_t, caller)
		__field(uid_t, caller_uid)
		__array(char, verb, TRACE_WORD_BYTES)
		__array(char, result, TRACE_WORD_BYTES)
		__array(char, comm, TASK_COMM_LEN)
	),
	TP_fast_assign(
		__entry->pid = item->outcome.facts.pid.global;
		__entry->ppid = item->outcome.facts.parent.global;
		__entry->status = item->outcome.facts.status;
		__entry->error = result_errno(item->outcome.result);
		__entry->age_ns = item->outcome.facts.age_ns;
		__entry->caller = batch->caller.pid.global;
		__entry->caller_uid = from_kuid(&init_user_ns, batch->caller.uid);
		/* Padded, so that no old bytes of the ring buffer stay behind the word. */
		strscpy_pad(__entry->verb, verb_name(item->verb), TRACE_WORD_BYTES);
		strscpy_pad(__entry->result, result_name(item->outcome.result), TRACE_WORD_BYTES);
		memcpy(__entry->comm, item->outcome.facts.comm, TASK_COMM_LEN);
	),
	TP_printk("verb=%s pid=%d result=%s errno=%d status=%d age_ns=%llu ppid=%d comm=%s caller=%d caller_uid=%u",
		  __entry->verb, __entry->pid, __entry->result, __entry->error,
		  __entry->status, __entry->age_ns, __entry->ppid, __entry->comm,
		  __entry->caller, __entry->caller_uid)
);

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
