package slack

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// history pages through a channel, the newest message first. Asked for what is after oldest without a latest, its pages begin
// at oldest, with the newest of each first all the same:
// https://docs.slack.dev/reference/methods/conversations.history
func (s *Server) history(w http.ResponseWriter, r *http.Request) {
	channel, refusal := named(r)
	if refusal != "" {
		refuse(w, refusal)
		return
	}
	oldest, _ := strconv.ParseFloat(r.PostFormValue("oldest"), 64)
	latest, _ := strconv.ParseFloat(r.PostFormValue("latest"), 64)
	all := []map[string]any{joined(s.began)}
	if float64(s.began.Unix()) <= oldest {
		all = nil
	}
	for _, m := range s.Messages() {
		for _, shown := range append([]Message{m}, m.broadcasts()...) {
			if ts, _ := strconv.ParseFloat(shown.TS, 64); m.Channel == channel && ts > oldest && (latest == 0 || ts < latest) {
				all = append(all, shown.form(withMetadata(r)))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b map[string]any) int { return cmp.Compare(b["ts"].(string), a["ts"].(string)) })
	fromOldest := oldest > 0 && latest == 0
	if fromOldest {
		slices.Reverse(all)
	}
	answerPage(w, r, all, fromOldest)
}

// answerPage answers with as many as the limit allows, from the cursor on, each page turned round if so told.
func answerPage(w http.ResponseWriter, r *http.Request, all []map[string]any, turned bool) {
	limit, from := 100, 0
	if n, err := strconv.Atoi(r.PostFormValue("limit")); err == nil && n > 0 {
		limit = n
	}
	if cursor := r.PostFormValue("cursor"); cursor != "" {
		n, err := strconv.Atoi(cursor)
		if err != nil || n > len(all) {
			refuse(w, "invalid_cursor")
			return
		}
		from = n
	}
	to := min(len(all), from+limit)
	page := append([]map[string]any{}, all[from:to]...)
	if turned {
		slices.Reverse(page)
	}
	answer := map[string]any{"ok": true, "messages": page, "has_more": to < len(all)}
	if to < len(all) {
		answer["response_metadata"] = map[string]any{"next_cursor": strconv.Itoa(to)}
	}
	say(w, answer)
}

// replies begins with the message itself: https://docs.slack.dev/reference/methods/conversations.replies
func (s *Server) replies(w http.ResponseWriter, r *http.Request) {
	channel, refusal := named(r)
	if refusal != "" {
		refuse(w, refusal)
		return
	}
	for _, m := range s.Messages() {
		if m.Channel == channel && m.TS == r.PostFormValue("ts") {
			all := []map[string]any{m.form(withMetadata(r))}
			for _, reply := range m.Replies {
				all = append(all, reply.form(withMetadata(r)))
			}
			answerPage(w, r, all, false)
			return
		}
	}
	refuse(w, "thread_not_found")
}

func (s *Server) permalink(w http.ResponseWriter, r *http.Request) {
	channel, refusal := readable(r)
	if refusal != "" {
		refuse(w, refusal)
		return
	}
	ts := r.FormValue("message_ts")
	if len(ts) < len("0.000000") {
		refuse(w, "message_not_found")
		return
	}
	say(w, map[string]any{"ok": true, "channel": channel, "permalink": "https://standin.slack.com/archives/" + channel + "/p" + ts[:len(ts)-7] + ts[len(ts)-6:]})
}

// readable finds the channel of a request, if the token's app may read it.
func readable(r *http.Request) (channel, refusal string) {
	channel, refusal = join(r.FormValue("channel"))
	if refusal == "is_archived" { // which can be read, not written to
		return Archived, ""
	}
	return channel, refusal
}

// named is readable of a channel by its ID: a name is none that can be read.
func named(r *http.Request) (channel, refusal string) {
	channel, refusal = readable(r)
	if refusal == "" && channel != r.FormValue("channel") {
		return "", "channel_not_found"
	}
	return channel, refusal
}

func withMetadata(r *http.Request) bool {
	asked := r.FormValue("include_all_metadata")
	return asked == "1" || asked == "true"
}

func (m Message) broadcasts() (shown []Message) {
	for _, reply := range m.Replies {
		if reply.Broadcast {
			shown = append(shown, reply)
		}
	}
	return shown
}

// form is a message as the Web API tells it.
func (m Message) form(metadata bool) map[string]any {
	f := map[string]any{"type": "message", "ts": m.TS, "text": m.Text, "reply_count": len(m.Replies), "reactions": m.Reactions}
	if len(m.Blocks) > 0 {
		f["blocks"] = m.Blocks
	}
	if len(m.Attachments) > 0 {
		f["attachments"] = m.Attachments
	}
	if m.Thread != "" {
		f["thread_ts"] = m.Thread
	} else if len(m.Replies) > 0 {
		f["thread_ts"] = m.TS
	}
	if m.Broadcast {
		f["subtype"] = "thread_broadcast"
	}
	if metadata && len(m.Metadata) > 0 {
		f["metadata"] = m.Metadata
	}
	switch {
	case m.User != "":
		f["user"] = m.User
	case m.Bot != "":
		f["subtype"], f["bot_id"] = "bot_message", m.Bot
	case m.Way == "bot":
		f["user"], f["bot_id"] = "U0CHECKLIST", "B0CHECKLIST"
	default:
		f["subtype"], f["bot_id"] = "bot_message", "B0WEBHOOK"
	}
	return f
}

// joined is the message that says that the app came into the channel.
func joined(at time.Time) map[string]any {
	return map[string]any{"type": "message", "subtype": "channel_join", "user": "U0CHECKLIST", "ts": stamp(at, 1), "text": "<@U0CHECKLIST> has joined the channel"}
}
