package resource

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"net/url"
	"reflect"
	"slices"
)

// revealing is a secret, as fetch.Secret is one.
type revealing interface{ Reveal() string }

// redactor is the last line of defence: should a library have put a secret into an error, it does
// not leave the program. Whoever writes must write whole lines.
type redactor struct {
	to      io.Writer
	secrets []string
}

func (r *redactor) Write(line []byte) (int, error) {
	clean := line
	for _, secret := range r.secrets {
		clean = bytes.ReplaceAll(clean, []byte(secret), []byte("<secret>"))
	}
	if _, err := r.to.Write(clean); err != nil {
		return 0, err
	}
	return len(line), nil
}

// secrets gathers the secret values of structs in every form in which one may appear, the longest first.
func secrets(values ...any) (found []string) {
	for _, value := range values {
		for _, secret := range revealed(reflect.ValueOf(value)) {
			found = append(found, forms(secret)...)
		}
	}
	slices.SortFunc(found, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return slices.Compact(found)
}

// forms are the secret itself, of an address the path, in which its secret is, and each as JSON has it.
func forms(secret string) (all []string) {
	plain := []string{secret}
	if u, err := url.Parse(secret); err == nil && u.Host != "" && len(u.Path) > 1 {
		plain = append(plain, u.Path, u.RequestURI())
	}
	for _, form := range plain {
		quoted, _ := json.Marshal(form)
		all = append(all, form, string(quoted[1:len(quoted)-1]))
	}
	return all
}

func revealed(value reflect.Value) (found []string) {
	if value.Kind() != reflect.Struct {
		return nil
	}
	for i := range value.NumField() {
		if !value.Type().Field(i).IsExported() {
			continue
		}
		if s, ok := value.Field(i).Interface().(revealing); !ok {
			found = append(found, revealed(value.Field(i))...)
		} else if s.Reveal() != "" {
			found = append(found, s.Reveal())
		}
	}
	return found
}
