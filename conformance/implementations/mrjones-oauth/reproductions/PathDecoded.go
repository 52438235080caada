// RFC 5849 §3.4.1.2: the path of the base string URI is that of the request, with its escapes.
// See the second element of the signature base string.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"

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

	// The consumer prints the signature base string.
	consumer.Debug(true)
	terminal := os.Stdout
	read, write, _ := os.Pipe()
	os.Stdout = write
	client.Get("http://example.com/a%2Fb")
	write.Close()
	os.Stdout = terminal
	printed, _ := io.ReadAll(read)

	fmt.Println("expected GET&http%3A%2F%2Fexample.com%2Fa%252Fb")
	fmt.Printf("received %s\n", regexp.MustCompile(`Signing: (GET&[^&]*)&`).FindSubmatch(printed)[1])
}
