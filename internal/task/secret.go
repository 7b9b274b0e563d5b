package task

import (
	"bytes"
	"encoding/json"
	"reflect"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// revealing is a secret, as fetch.Secret is one.
type revealing interface{ Reveal() string }

// secrets gathers the secret values of a config.
func secrets(config reflect.Value) (found []string) {
	for config.Kind() == reflect.Pointer {
		config = config.Elem()
	}
	if config.Kind() != reflect.Struct {
		return nil
	}
	for i := range config.NumField() {
		if !config.Type().Field(i).IsExported() {
			continue
		}
		field := config.Field(i)
		if s, ok := field.Interface().(revealing); ok {
			if value := s.Reveal(); value != "" {
				found = append(found, value)
			}
			continue
		}
		found = append(found, secrets(field)...)
	}
	return found
}

// redact is the last line of defence: should a library have put a secret into an error, it does
// not leave the task in the report.
func (p *parameters) redact(r *report.Report) {
	if len(p.secrets) == 0 {
		return
	}
	var text bytes.Buffer
	if r.Encode(&text) != nil {
		return
	}
	clean := text.Bytes()
	for _, secret := range p.secrets {
		quoted, _ := json.Marshal(secret)
		clean = bytes.ReplaceAll(clean, quoted[1:len(quoted)-1], []byte("<secret>"))
	}
	if scrubbed := new(report.Report); !bytes.Equal(clean, text.Bytes()) && json.Unmarshal(clean, scrubbed) == nil {
		*r = *scrubbed
	}
}
