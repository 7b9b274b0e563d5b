package nessus

import (
	"strconv"
	"strings"
	"time"
)

// property reads a tag of HostProperties.
func (e *exporter) property(name string) error {
	switch name {
	case "host-fqdn", "Credentialed_Scan", "HOST_START", "HOST_END", "HOST_START_TIMESTAMP", "HOST_END_TIMESTAMP":
	default:
		e.source.skip()
		return nil
	}
	value, err := e.text()
	if err != nil || len(e.out.Hosts) == 0 {
		return err
	}
	h := &e.out.Hosts[len(e.out.Hosts)-1]
	switch name {
	case "host-fqdn":
		h.FQDN = value
	case "Credentialed_Scan":
		h.logged(strings.EqualFold(value, "true"), strings.EqualFold(value, "false"))
	case "HOST_START", "HOST_START_TIMESTAMP":
		if at, ok := moment(value); ok && (e.out.Started.IsZero() || at.Before(e.out.Started)) {
			e.out.Started = at
		}
	default:
		if at, ok := moment(value); ok && (name == "HOST_END_TIMESTAMP" || h.ended.IsZero()) {
			h.ended = at
			e.out.Ended = later(e.out.Ended, at)
		}
	}
	return nil
}

// logged takes one more word on whether Nessus was logged in: a no stands.
func (h *Host) logged(yes, no bool) {
	switch {
	case no:
		h.Login = No
	case yes && h.Login == Unsaid:
		h.Login = Yes
	}
}

// moment reads seconds since 1970, or ctime's form, which tells no time zone: it is taken for UTC.
func moment(text string) (time.Time, bool) {
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil && seconds > 0 && seconds < 1<<36 {
		return time.Unix(seconds, 0).UTC(), true
	}
	at, err := time.Parse(time.ANSIC, text)
	return at, err == nil
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// scanInfo reads the output of plugin 19506, Nessus Scan Information: a key and a value a line.
func (e *exporter) scanInfo(output string) {
	h := &e.out.Hosts[len(e.out.Hosts)-1]
	for line := range strings.Lines(output) {
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(key) {
		case "Plugin feed version":
			if made, err := ParsePluginSet(value); err == nil {
				h.HasPlugins = true
				if e.out.Plugins.IsZero() || made.Before(e.out.Plugins) {
					e.out.Plugins = made
				}
			}
		case "Credentialed checks":
			h.logged(strings.HasPrefix(value, "yes"), strings.HasPrefix(value, "no"))
		}
	}
}

// ParsePluginSet reads when a set of plugins was made: 202611230914, in UTC.
func ParsePluginSet(text string) (time.Time, error) {
	return time.Parse("200601021504", text)
}
