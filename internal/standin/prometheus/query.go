package prometheus

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"time"
)

// The questions.
var (
	watchdog  = regexp.MustCompile(`^time\(\) - timestamp\(ALERTS\{alertname="(\w+)",alertstate="firing"\}\)$`)
	increase  = regexp.MustCompile(`^sum by \((\w+)\) \(increase\((\w+)\[\d+s\]\)\)$`)
	fired     = regexp.MustCompile(`^last_over_time\(ALERTS\{alertstate="firing"\}\[(\d+)s\]\)$`)
	countOver = regexp.MustCompile(`^sum\(count_over_time\(ALERTS\{alertstate="firing"\}\[(\d+)s\]\)\)$`)
)

const evaluated = 30 * time.Second

func (w World) query(r *http.Request) (any, error) {
	q, now := r.FormValue("query"), time.Now()
	result := []object{}
	add := func(metric map[string]string, value float64) {
		result = append(result, object{"metric": metric, "value": sample(now, value)})
	}
	if m := watchdog.FindStringSubmatch(q); m != nil {
		if !w.Silent {
			add(map[string]string{"alertname": m[1]}, w.Behind.Seconds())
		}
	} else if m := increase.FindStringSubmatch(q); m != nil {
		for part, value := range w.Counters[m[2]] {
			add(map[string]string{m[1]: part}, value)
		}
	} else if m := fired.FindStringSubmatch(q); m != nil {
		for _, f := range w.Fired {
			if f.From.Add(f.For).After(now.Add(-seconds(m[1]))) {
				add(f.metric(), 1)
			}
		}
	} else if m := countOver.FindStringSubmatch(q); m != nil {
		n := 0
		for _, f := range w.Fired {
			n += int(min(f.For, seconds(m[1])) / evaluated)
		}
		if n > 0 {
			add(map[string]string{}, float64(n))
		}
	} else {
		return nil, fmt.Errorf("invalid parameter \"query\": the stand-in does not know %q", q)
	}
	return object{"resultType": "vector", "result": result}, nil
}

func (w World) queryRange(r *http.Request) (any, error) {
	if q := r.FormValue("query"); q != `ALERTS{alertstate="firing"}` {
		return nil, fmt.Errorf("invalid parameter \"query\": the stand-in does not know %q", q)
	}
	start, _ := strconv.ParseFloat(r.FormValue("start"), 64)
	end, _ := strconv.ParseFloat(r.FormValue("end"), 64)
	step, _ := strconv.ParseFloat(r.FormValue("step"), 64)
	if step <= 0 || (end-start)/step > 11_000 {
		return nil, fmt.Errorf("exceeded maximum resolution of 11,000 points per timeseries")
	}
	result := []object{}
	for _, f := range w.Fired {
		values := [][2]any{}
		for at := start; at <= end; at += step {
			t := time.UnixMilli(int64(at * 1000))
			if !t.Before(f.From) && t.Before(f.From.Add(f.For)) {
				values = append(values, sample(t, 1))
			}
		}
		if len(values) > 0 {
			result = append(result, object{"metric": f.metric(), "values": values})
		}
	}
	return object{"resultType": "matrix", "result": result}, nil
}

func sample(at time.Time, value float64) [2]any {
	return [2]any{float64(at.UnixMilli()) / 1000, strconv.FormatFloat(value, 'f', -1, 64)}
}

func (f Firing) metric() map[string]string {
	m := maps.Clone(f.Labels)
	m["__name__"], m["alertstate"] = "ALERTS", "firing"
	return m
}

func seconds(text string) time.Duration {
	n, _ := strconv.Atoi(text)
	return time.Duration(n) * time.Second
}
