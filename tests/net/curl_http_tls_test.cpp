// CurlHttp and servers whose certificates nobody vouches for, or only for
// another name.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <thread>

#include "tests/net/http_client.h"

namespace simulate {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

// With these names beside it, "IP:127.0.0.1" say.
Certificate self_signed(EVP_PKEY* key, const char* names = nullptr) {
  Certificate certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), 2);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  const auto* host = reinterpret_cast<const unsigned char*>("127.0.0.1");
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, host, -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  if (names) {
    X509_EXTENSION* extension =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names);
    X509_add_ext(certificate.get(), extension, -1);
    X509_EXTENSION_free(extension);
  }
  X509_sign(certificate.get(), key, EVP_sha256());
  return certificate;
}

// Answers 200 to whom it has convinced.
class TlsServer {
 public:
  explicit TlsServer(const char* names = nullptr)
      : certificate_(self_signed(key_.get(), names)),
        server_(certificate_.get(), key_.get()) {
    server_.Post("/", [](const auto&, auto& reply) { reply.status = 200; });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }

  ~TlsServer() {
    server_.stop();
    thread_.join();
  }

  X509* certificate() const { return certificate_.get(); }
  std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
  std::string url() const { return "https://" + host() + "/"; }

 private:
  Key key_{EVP_EC_gen("P-256"), &EVP_PKEY_free};
  Certificate certificate_;
  httplib::SSLServer server_;
  int port_ = 0;
  std::thread thread_;
};

void expect_no_trust(const TlsServer& server) {
  HttpFailure failure = HttpClient().failure(request_to(server.url()));
  EXPECT_EQ(failure.fault, HttpFault::unreachable);
  EXPECT_EQ(failure.message,
            "certificate of " + server.host() + " not trusted");
  EXPECT_FALSE(failure.maybe_processed);
}

TEST(CurlHttp, DoesNotTrustASelfSignedCertificate) {
  expect_no_trust(TlsServer());
}

// Whom this process vouches for beside the authorities of the machine.
X509* vouched_for = nullptr;

TEST(CurlHttp, DoesNotTrustACertificateOfAnotherHost) {
  TlsServer right("IP:127.0.0.1");
  vouched_for = right.certificate();
  HttpResult trusted = HttpClient().send(request_to(right.url()));
  TlsServer other("DNS:elsewhere.example");
  vouched_for = other.certificate();
  bool vouches = std::holds_alternative<HttpResponse>(trusted);
  if (vouches) expect_no_trust(other);
  vouched_for = nullptr;
  if (!vouches) GTEST_SKIP() << "this libcurl reads its authorities elsewhere";
}

}  // namespace

X509* certificate_to_trust() { return vouched_for; }

}  // namespace simulate

// libcurl calls this to read the machine's authorities.
extern "C" int X509_STORE_load_file(X509_STORE* store, const char* path) {
  using Function = int(X509_STORE*, const char*);
  static auto* real =
      reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, "X509_STORE_load_file"));
  X509* trusted = simulate::certificate_to_trust();
  if (trusted) X509_STORE_add_cert(store, trusted);
  return real(store, path);
}
