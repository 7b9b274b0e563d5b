//go:build sandbox

package page_test

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

//go:embed testdata/look.js
var lookScript string

// browser is a headless Chromium that shows one page at a time.
type browser struct {
	ctx    context.Context
	site   *httptest.Server
	markup string

	lock     sync.Mutex
	requests []string
}

func newBrowser(t *testing.T) *browser {
	b := &browser{}
	b.site = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, b.markup)
	}))
	t.Cleanup(b.site.Close)
	options := chromedp.DefaultExecAllocatorOptions[:]
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium's own sandbox refuses root
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	require.NoError(t, chromedp.Do(ctx), "start Chromium")
	b.ctx, cancel = context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	require.NoError(t, chromedp.Listen(b.ctx, func(event any) {
		if sent, ok := event.(*network.EventRequestWillBeSent); ok {
			b.lock.Lock()
			defer b.lock.Unlock()
			b.requests = append(b.requests, sent.Request.URL)
		}
	}))
	call(t, b, network.Enable, network.EnableParams{})
	return b
}

// call sends Chromium a command that chromedp has no action for.
func call[P, R any](t *testing.T, b *browser, command cdp.Command[P, R], params P) R {
	result, err := chromedp.Call(b.ctx, command, params)
	require.NoError(t, err)
	return result
}

// evaluate gives what the page says to an expression.
func evaluate[T any](t *testing.T, b *browser, expression string) T {
	result, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	require.NoError(t, err)
	return result
}

// screen is what a page is shown on.
type screen struct {
	width, height int64
	media, scheme string // screen or print; light or dark
}

func (s screen) String() string { return fmt.Sprintf("%d px, %s, %s", s.width, s.media, s.scheme) }

var (
	phone = screen{360, 740, "screen", "light"}
	desk  = screen{1400, 900, "screen", "light"}
	a4    = screen{1046, 718, "print", "light"} // 277 x 190 mm, A4 without its margins, at 96 dots an inch
)

func (s screen) dark() screen {
	s.scheme = "dark"
	return s
}

// open shows a page and reads the functions of look.js into it.
func (b *browser) open(t *testing.T, markup string, s screen) {
	b.markup = markup
	b.lock.Lock()
	b.requests = nil
	b.lock.Unlock()
	call(t, b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: s.width, Height: s.height, DeviceScaleFactor: 1, Mobile: s.width < 600})
	call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: s.media, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: s.scheme}}})
	require.NoError(t, chromedp.Do(b.ctx, chromedp.Navigate(b.site.URL+"/")))
	evaluate[any](t, b, "{"+lookScript+"}; null")
}

// ask calls a function of look.js and gives the problems that it tells.
func (b *browser) ask(t *testing.T, function string, argument any) []string {
	text, err := json.Marshal(argument)
	require.NoError(t, err)
	return evaluate[[]string](t, b, fmt.Sprintf("%s(%s)", function, text))
}

// look tells what is wrong with a page at first sight.
func (b *browser) look(t *testing.T, markup string, given []string, s screen) []string {
	b.open(t, markup, s)
	problems := b.ask(t, "look", given)
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, url := range b.requests {
		if url != b.site.URL+"/" && !strings.HasPrefix(url, "data:") {
			problems = append(problems, "loads "+strings.TrimPrefix(url, b.site.URL))
		}
	}
	if len(b.requests) == 0 {
		problems = append(problems, "not even the page itself was seen to load")
	}
	return problems
}

// focus is where the keyboard is, in reading order, and what is wrong with how that looks.
type focus struct {
	At    int
	Wrong string
}

// tab goes through the page with the keyboard alone and tells what is wrong on the way.
func (b *browser) tab(t *testing.T, markup string, s screen) (problems []string, stops int) {
	b.open(t, markup, s)
	stops = evaluate[int](t, b, "stops().length")
	for want := range stops {
		require.NoError(t, chromedp.Do(b.ctx, chromedp.KeyEvent(kb.Tab)))
		at := evaluate[focus](t, b, "focused()")
		if at.Wrong != "" {
			problems = append(problems, at.Wrong)
		}
		if at.At != want {
			return append(problems, fmt.Sprintf("stop %d of the keyboard is number %d in reading order", want, at.At)), stops
		}
	}
	return problems, stops
}
