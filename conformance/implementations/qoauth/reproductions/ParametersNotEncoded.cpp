// RFC 5849 §3.6: names and values are percent-encoded. Look at the space.
#include <QCoreApplication>
#include <QtOAuth>
#include <iostream>

int main(int argc, char **argv) {
  QCoreApplication application(argc, argv);
  QCA::Initializer initializer;
  QOAuth::Interface oauth;
  oauth.setConsumerKey("ck");
  oauth.setConsumerSecret("cs");
  const QOAuth::ParamMap parameters{{"a", "b c"}};
  const auto query = oauth.createParametersString("http://example.com/", QOAuth::GET, "", "", QOAuth::HMAC_SHA1,
                                                  parameters, QOAuth::ParseForInlineQuery);
  std::cout << "expected ?a=b%20c\n"
            << "received " << query.left(query.indexOf('&')).constData() << "\n";
}
