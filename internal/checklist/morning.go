package checklist

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/clock"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// Morning is when a box is asked by itself: the var morning, which is the source of its time resource, so that what
// starts a box and what says that it had to run are one and the same.
func (v Vars) Morning() (w clock.Window, err error) {
	given, ok := v["morning"]
	if !ok {
		return w, errors.New("morning is missing: say when the box is asked, by start, stop, location and days, as the time resource wants it")
	}
	text, err := json.Marshal(given)
	if err == nil {
		err = strict.JSON(text, &w, strict.NamesOnly)
	}
	if err != nil {
		return w, fmt.Errorf("morning: %w", err)
	}
	problems := append(w.Problems(), refused(given)...)
	return w, errors.Join(strict.At("morning", problems)...)
}

// forms are the times of day that the time resource takes, in this case of letters alone. It takes a zone behind them
// too, but then location would not be the zone: https://github.com/concourse/time-resource/blob/master/models/models.go
var forms = []string{"3:04 PM", "3PM", "3 PM", "15:04", "1504"}

// refused tells what strict and clock read, and the time resource does not: the box would be set, and never asked by itself.
func refused(morning any) (problems []error) {
	given, _ := morning.(Vars)
	for _, key := range []string{"start", "stop"} {
		text, is := given[key].(string)
		if !is && given[key] != nil || is && !ofForm(text) {
			problems = append(problems, fmt.Errorf(`%s wants a time of day as the time resource takes it, such as 8:00 AM or 08:00, or "0800" in quotes`, key))
		}
	}
	if _, is := given["days"].(string); is {
		problems = append(problems, errors.New("days wants a list, not a text that looks like one"))
	}
	return problems
}

func ofForm(text string) bool {
	return slices.ContainsFunc(forms, func(form string) bool {
		_, err := time.Parse(form, text)
		return err == nil
	})
}
