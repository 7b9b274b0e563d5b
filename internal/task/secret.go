package task

import (
	"cmp"
	"encoding/json"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
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

// hider is the last line of defence: should a library have put a secret into an error, it does not
// leave the task. It knows every form in which a secret may appear, the longest first.
func hider(secrets []string) *strings.Replacer {
	var forms []string
	for _, secret := range secrets {
		inJSON, _ := json.Marshal(secret)
		forms = append(forms, secret, unquoted(strconv.Quote(secret)), unquoted(string(inJSON)), url.QueryEscape(secret), url.PathEscape(secret))
	}
	slices.SortFunc(forms, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	var pairs []string
	for _, form := range forms {
		pairs = append(pairs, form, "<secret>")
	}
	return strings.NewReplacer(pairs...)
}

func unquoted(text string) string { return text[1 : len(text)-1] }

// redact hides secrets in all that a report says.
func (r *Run) redact() {
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			v.SetString(r.hide.Replace(v.String()))
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Map:
			for _, key := range v.MapKeys() {
				value := reflect.New(v.Type().Elem()).Elem()
				value.Set(v.MapIndex(key))
				walk(value)
				v.SetMapIndex(key, value)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		}
	}
	walk(reflect.ValueOf(r.Report).Elem())
}
