// Package secret is the last line of defence of both frames: should a library have put a secret
// into an error, it does not leave the program.
package secret

import (
	"cmp"
	"encoding/json"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Hider replaces the secrets that structs hold, in every form in which one may appear.
func Hider(structs ...any) *strings.Replacer {
	var all []string
	for _, s := range structs {
		for _, secret := range held(reflect.ValueOf(s)) {
			all = append(all, forms(secret)...)
		}
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Compare(len(b), len(a)) }) // the longest first
	var pairs []string
	for _, form := range all {
		pairs = append(pairs, form, "<secret>")
	}
	return strings.NewReplacer(pairs...)
}

// revealing is a secret, as fetch.Secret is one.
type revealing interface{ Reveal() string }

// held gathers the values of all secrets in a struct.
func held(value reflect.Value) (found []string) {
	for value.Kind() == reflect.Pointer {
		value = value.Elem()
	}
	if value.Kind() != reflect.Struct {
		return nil
	}
	for i := range value.NumField() {
		field := value.Field(i)
		if !field.CanInterface() {
			if value.Type().Field(i).Anonymous {
				found = append(found, held(field)...)
			}
			continue
		}
		if s, ok := field.Interface().(revealing); !ok {
			found = append(found, held(field)...)
		} else if s.Reveal() != "" {
			found = append(found, s.Reveal())
		}
	}
	return found
}

// forms are the secret itself, of an address the path, in which its secret is, and each as Go, JSON
// and addresses quote it.
func forms(secret string) (all []string) {
	plain := []string{secret}
	if u, err := url.Parse(secret); err == nil && u.Host != "" && len(u.Path) > 1 {
		plain = append(plain, u.Path, u.RequestURI())
	}
	for _, form := range plain {
		inJSON, _ := json.Marshal(form)
		all = append(all, form, unquoted(strconv.Quote(form)), unquoted(string(inJSON)), url.QueryEscape(form), url.PathEscape(form))
	}
	return all
}

func unquoted(text string) string { return text[1 : len(text)-1] }
