package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/mmcdole/gofeed"

	"github.com/cloud-gov/platform-checklist/internal/advisory"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

const (
	feedLimit = 8 << 20 // bytes; cisa.gov's thirty advisories are half a megabyte
	feedDepth = 40      // elements within elements; RSS needs five
	linkLimit = 500     // bytes
)

// parseFeed reads RSS or Atom. A document that breaks the library is an error, not the end of the program, which would
// leave no report.
func parseFeed(document []byte) (items []advisory.Item, err error) {
	defer func() {
		if broke := recover(); broke != nil {
			items, err = nil, fmt.Errorf("the feed cannot be read: %v", broke)
		}
	}()
	if err := sound(document); err != nil {
		return nil, err
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(document))
	if err != nil {
		return nil, fmt.Errorf("the answer is no feed: %w", err)
	}
	for _, i := range feed.Items {
		if i == nil || i.Title+i.Link+i.GUID == "" {
			return nil, errors.New("the feed has an item without title, link and identifier")
		}
		item := advisory.Item{ID: advisory.Short(i.GUID), Title: advisory.Short(i.Title), Link: web(i.Link), Text: i.Description + "\n" + i.Content}
		if i.PublishedParsed != nil {
			item.Published = *i.PublishedParsed
		} else if i.UpdatedParsed != nil {
			item.Published = *i.UpdatedParsed
		}
		items = append(items, item)
	}
	return items, nil
}

// sound holds a document to well-formedness, depth and size before the library sees it, which forgives what is
// broken and goes as deep as a document does.
func sound(document []byte) error {
	if len(document) > feedLimit {
		return fmt.Errorf("the feed is larger than %d bytes", feedLimit)
	}
	d := xml.NewDecoder(bytes.NewReader(document))
	d.Entity = xml.HTMLEntity
	depth, elements := 0, 0
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("the answer is no feed: %w", err)
		}
		switch t := token.(type) {
		case xml.Directive:
			if bytes.Contains(bytes.ToUpper(t), []byte("ENTITY")) {
				return errors.New("the feed declares entities, which no feed needs")
			}
		case xml.StartElement:
			depth, elements = depth+1, elements+1
			if elements == 1 && strings.EqualFold(t.Name.Local, "html") {
				return errors.New("the answer is a page of HTML, not a feed")
			}
		case xml.EndElement:
			depth--
		}
		if depth > feedDepth {
			return fmt.Errorf("the feed nests more than %d elements", feedDepth)
		}
	}
	if depth != 0 || elements == 0 {
		return errors.New("the feed is cut short, or empty")
	}
	return nil
}

// web is a link that may be shown, and that does not go on for ever.
func web(link string) string {
	if len(link) > linkLimit {
		return ""
	}
	return report.Web(link)
}
