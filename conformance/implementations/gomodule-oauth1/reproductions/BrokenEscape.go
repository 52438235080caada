// RFC 5849 §3.4.1.3.1 does not say what "%zz" is decoded to. It is sent, so it cannot be left out.
// See "a", which is not signed.
// The nonce is random, so both base strings are signed here, and the signature tells which one it is of.
package main

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"regexp"

	"github.com/gomodule/oauth1/oauth"
)

func main() {
	client := oauth.Client{Credentials: oauth.Credentials{Token: "ck", Secret: "cs"}}
	u, _ := url.Parse("http://example.com/?a=%zz")
	header := http.Header{}
	client.SetAuthorizationHeader(header, nil, "GET", u, nil)
	sent := func(name string) string {
		value := regexp.MustCompile(name + `="([^"]*)"`).FindStringSubmatch(header.Get("Authorization"))[1]
		decoded, _ := url.PathUnescape(value)
		return decoded
	}
	received := "neither"
	for _, elements := range []string{"http%3A%2F%2Fexample.com%2F&a%3D%2525zz%26", "http%3A%2F%2Fexample.com%2F&"} {
		mac := hmac.New(sha1.New, []byte("cs&"))
		fmt.Fprintf(mac, "GET&%soauth_consumer_key%%3Dck%%26oauth_nonce%%3D%s%%26"+
			"oauth_signature_method%%3DHMAC-SHA1%%26oauth_timestamp%%3D%s%%26oauth_version%%3D1.0",
			elements, sent("oauth_nonce"), sent("oauth_timestamp"))
		if base64.StdEncoding.EncodeToString(mac.Sum(nil)) == sent("oauth_signature") {
			received = elements
		}
	}
	fmt.Println("expected http%3A%2F%2Fexample.com%2F&a%3D%2525zz%26")
	fmt.Println("received", received)
}
