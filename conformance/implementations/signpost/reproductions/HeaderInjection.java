// RFC 5849 §3.5.1: the realm is a quoted-string of RFC 2617, in which \ precedes a quotation mark.
// See the realm of the header field.
import oauth.signpost.basic.DefaultOAuthConsumer;
import oauth.signpost.basic.UrlStringRequestAdapter;
import oauth.signpost.http.HttpParameters;
import oauth.signpost.http.HttpRequest;

class HeaderInjection {
  public static void main(String[] args) throws Exception {
    DefaultOAuthConsumer consumer = new DefaultOAuthConsumer("ck", "cs");
    HttpParameters additional = new HttpParameters();
    additional.put("realm", "a\"b");
    consumer.setAdditionalParameters(additional);
    System.out.println("expected OAuth realm=\"a\\\"b\"");
    consumer.sign(
        (HttpRequest)
            new UrlStringRequestAdapter("http://example.com/") {
              @Override
              public void setHeader(String name, String value) {
                System.out.println("received " + value.replaceAll(",.*", ""));
              }
            });
  }
}
