// RFC 5849 §3.4.1.3.2: a name may have several values, which are sorted.
// See that the request is not sent.
package main

import (
	"fmt"
	"net/http"

	"github.com/mrjones/oauth"
)

type nowhere struct{}

func (nowhere) RoundTrip(request *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, Body: http.NoBody, Request: request}, nil
}

func main() {
	consumer := oauth.NewCustomHttpClientConsumer(
		"ck", "cs", oauth.ServiceProvider{}, &http.Client{Transport: nowhere{}})
	client, _ := consumer.MakeHttpClient(&oauth.AccessToken{})
	fmt.Println("expected 200")
	response, err := client.Get("http://example.com/?a=1&a=2")
	if err != nil {
		fmt.Println("received error:", err)
		return
	}
	fmt.Println("received", response.StatusCode)
}
