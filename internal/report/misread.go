package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
)

// Misread words what encoding/json says of a document that is not as it should be, for readers who know no Go: where it
// is wrong, what is there and what belongs there. Any other error stays as it is.
func Misread(err error) error {
	wrong, is := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case is && wrong.Field == "":
		return fmt.Errorf("it is a JSON %s, not %s", value(wrong), wanted(wrong.Type))
	case is:
		return fmt.Errorf("%s is a JSON %s, not %s", wrong.Field, value(wrong), wanted(wrong.Type))
	case errors.Is(err, io.EOF):
		return errors.New("it is empty")
	}
	return err
}

// value is "string", "array", or "number" without the digits, which may be many.
func value(wrong *json.UnmarshalTypeError) string {
	kind, _, _ := strings.Cut(wrong.Value, " ")
	return kind
}

func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "a bool"
	case reflect.Slice, reflect.Array:
		return "an array"
	case reflect.Map, reflect.Struct:
		return "an object"
	case reflect.Float32, reflect.Float64:
		return "a number"
	}
	return "a whole number"
}
