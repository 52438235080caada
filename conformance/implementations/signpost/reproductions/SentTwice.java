// RFC 5849 §3.5: each protocol parameter is sent in one place.
// See oauth_session_handle, which the query of the URL has already, in the header field.
import oauth.signpost.basic.DefaultOAuthConsumer;
import oauth.signpost.basic.UrlStringRequestAdapter;
import oauth.signpost.http.HttpRequest;

class SentTwice {
  public static void main(String[] args) throws Exception {
    System.out.println("expected http://example.com/?oauth_session_handle=x OAuth");
    DefaultOAuthConsumer consumer = new DefaultOAuthConsumer("ck", "cs");
    consumer.sign(
        (HttpRequest)
            new UrlStringRequestAdapter("http://example.com/?oauth_session_handle=x") {
              @Override
              public void setHeader(String name, String value) {
                String sent = value.contains("oauth_session_handle") ? " oauth_session_handle" : "";
                System.out.println("received " + getRequestUrl() + " OAuth" + sent);
              }
            });
  }
}
