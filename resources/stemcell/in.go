package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/boshio"
	"github.com/cloud-gov/platform-checklist/internal/resource"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
)

type get = resource.Run[source, version, params]

// in writes what the index says of a stemcell, and its tarball.
func in(ctx context.Context, r *get) (version, resource.Metadata, error) {
	client := r.Source.client()
	o, err := find(ctx, client, r)
	if err != nil {
		return version{}, nil, err
	}
	for name, text := range map[string]string{
		"version": o.version.String(), "url": o.tarball.URL, "sha1": o.tarball.SHA1, "sha256": o.tarball.SHA256,
	} {
		if err := os.WriteFile(filepath.Join(r.Folder, name), []byte(text), 0o644); err != nil {
			return version{}, nil, err
		}
	}
	published, err := deliver(ctx, client, r, o)
	return *r.Version, metadata(r.Source.Name, o, published), err
}

// find asks the index for the version.
func find(ctx context.Context, client *boshio.Client, r *get) (offer, error) {
	wanted, err := stemcell.ParseVersion(r.Version.Version)
	if err != nil {
		return offer{}, err
	}
	if r.Source.denied(wanted) {
		return offer{}, fmt.Errorf("%s is in the source's deny: get another version", wanted)
	}
	list, err := client.List(ctx, r.Source.Name)
	if err != nil {
		return offer{}, err
	}
	all, err := r.Source.offers(list, r.Log)
	if err != nil {
		return offer{}, err
	}
	i := slices.IndexFunc(all, func(o offer) bool { return o.version.Compare(wanted) == 0 })
	if i < 0 {
		return offer{}, fmt.Errorf("%s of %s is not published (any more) as a %s stemcell: get another version", wanted, r.Source.Name, all[0].flavour)
	}
	return all[i], nil
}

// deliver fetches the tarball, or where none is wanted just its date, without which a get is as good.
func deliver(ctx context.Context, client *boshio.Client, r *get, o offer) (time.Time, error) {
	if r.Params.Tarball == nil || *r.Params.Tarball {
		return save(ctx, client, r, o)
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	published, err := client.Published(ctx, o.tarball.URL)
	if err != nil {
		r.Log.Printf("the date of publication is not known: %v", err)
	}
	return published, nil
}
