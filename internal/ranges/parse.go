package ranges

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// created is how AWS writes the time of publication, in UTC.
// https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-syntax.html
const created = "2006-01-02-15-04-05"

// Parse reads the file that AWS publishes at https://ip-ranges.amazonaws.com/ip-ranges.json.
func Parse(document []byte) (*Set, error) {
	var file struct {
		CreateDate string `json:"createDate"`
		Prefixes   []struct {
			Prefix netip.Prefix `json:"ip_prefix"`
		} `json:"prefixes"`
		IPv6Prefixes []struct {
			Prefix netip.Prefix `json:"ipv6_prefix"`
		} `json:"ipv6_prefixes"`
	}
	if err := json.Unmarshal(document, &file); err != nil {
		return nil, fmt.Errorf("parse AWS's IP ranges: %w", report.Misread(err))
	}
	at, err := time.Parse(created, file.CreateDate)
	if err != nil {
		return nil, fmt.Errorf("parse AWS's IP ranges: createDate %q is no time such as %s", file.CreateDate, created)
	}
	if len(file.Prefixes) == 0 || len(file.IPv6Prefixes) == 0 {
		return nil, errors.New("parse AWS's IP ranges: it has no prefixes or no ipv6_prefixes")
	}
	var all []netip.Prefix
	for _, p := range file.Prefixes {
		all = append(all, p.Prefix)
	}
	for _, p := range file.IPv6Prefixes {
		all = append(all, p.Prefix)
	}
	spans := make([]span, len(all))
	for i, p := range all {
		if !p.IsValid() {
			return nil, fmt.Errorf("parse AWS's IP ranges: entry %d has no prefix", i)
		}
		spans[i] = spanOf(p)
	}
	return &Set{at, merge(spans)}, nil
}
