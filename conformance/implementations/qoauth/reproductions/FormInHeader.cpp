// RFC 5849 §3.5.1: the header field carries the protocol parameters. The parameters of a form stay in the
// form: in both places a server counts them twice (§3.4.1.3.1).
#include <QCoreApplication>
#include <QtOAuth>
#include <iostream>

int main(int argc, char **argv) {
  QCoreApplication application(argc, argv);
  QCA::Initializer initializer;
  QOAuth::Interface oauth;
  oauth.setConsumerKey("ck");
  oauth.setConsumerSecret("cs");
  const QOAuth::ParamMap form{{"a", "1"}};
  const auto header = oauth.createParametersString("http://example.com/", QOAuth::POST, "", "", QOAuth::HMAC_SHA1,
                                                   form, QOAuth::ParseForHeaderArguments);
  std::cout << "expected OAuth oauth_consumer_key=\"ck\"\n"
            << "received " << header.left(header.indexOf(",oauth_nonce")).constData() << "\n";
}
