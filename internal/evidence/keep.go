package evidence

import (
	"bytes"
	"context"
	"strconv"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Keep writes a report. Its objects' metadata is what can be seen of it without reading it.
func (s *Store) Keep(ctx context.Context, key string, r *report.Report) error {
	var body bytes.Buffer
	if err := r.Encode(&body); err != nil {
		return err
	}
	return s.Write(ctx, key, "application/json", body.Bytes(), Facts(r))
}

// Facts are the metadata of a report's objects.
func Facts(r *report.Report) map[string]string {
	return map[string]string{
		"status": string(r.Status()), "findings": strconv.Itoa(len(r.Findings)), "gaps": strconv.Itoa(len(r.Gaps))}
}
