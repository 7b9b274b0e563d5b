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
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	b.ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	chromedp.ListenTarget(b.ctx, func(event any) {
		if sent, ok := event.(*network.EventRequestWillBeSent); ok {
			b.lock.Lock()
			defer b.lock.Unlock()
			b.requests = append(b.requests, sent.Request.URL)
		}
	})
	require.NoError(t, chromedp.Run(b.ctx, network.Enable()))
	return b
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
	media := emulation.SetEmulatedMedia().WithMedia(s.media).WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: s.scheme}})
	require.NoError(t, chromedp.Run(b.ctx,
		emulation.SetDeviceMetricsOverride(s.width, s.height, 1, s.width < 600), media,
		chromedp.Navigate(b.site.URL+"/"), chromedp.Evaluate("{"+lookScript+"}", nil)))
}

// ask calls a function of look.js and gives the problems that it tells.
func (b *browser) ask(t *testing.T, function string, argument any) (problems []string) {
	text, err := json.Marshal(argument)
	require.NoError(t, err)
	require.NoError(t, chromedp.Run(b.ctx, chromedp.Evaluate(fmt.Sprintf("%s(%s)", function, text), &problems)))
	return problems
}

// look tells what is wrong with a page at first sight.
func (b *browser) look(t *testing.T, markup string, given []string, s screen) []string {
	b.open(t, markup, s)
	problems := b.ask(t, "look", given)
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, url := range b.requests {
		if url != b.site.URL+"/" {
			problems = append(problems, "loads "+strings.TrimPrefix(url, b.site.URL))
		}
	}
	if len(b.requests) == 0 {
		problems = append(problems, "not even the page itself was seen to load")
	}
	return problems
}

// tab goes through the page with the keyboard alone and tells what is wrong on the way.
func (b *browser) tab(t *testing.T, markup string, s screen) (problems []string, stops int) {
	b.open(t, markup, s)
	require.NoError(t, chromedp.Run(b.ctx, chromedp.Evaluate("stops().length", &stops)))
	for want := range stops {
		var at struct {
			At    int
			Wrong string
		}
		require.NoError(t, chromedp.Run(b.ctx, chromedp.KeyEvent(kb.Tab), chromedp.Evaluate("focused()", &at)))
		if at.Wrong != "" {
			problems = append(problems, at.Wrong)
		}
		if at.At != want {
			return append(problems, fmt.Sprintf("stop %d of the keyboard is number %d in reading order", want, at.At)), stops
		}
	}
	return problems, stops
}
