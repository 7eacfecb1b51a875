using CustomerService.Grains.Orleans.Clustering;

namespace CustomerService.Grains.Orleans.Tests.Clustering;

public sealed class SiloTlsFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("silo-tls-").FullName;
    private readonly TestAuthority ours;
    private readonly TestAuthority theirs;

    public SiloTlsFileTests() => (ours, theirs) = (new TestAuthority(folder, "ours"), new TestAuthority(folder, "theirs"));

    [Fact]
    public void Files_that_belong_together_can_be_used() => Assert.NotNull(ours.Certify("silo"));

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var (certificate, _) = ours.Issue("silo");

        Assert.Contains(Path.Combine(folder, "none.pem"), Refusal(certificate, Path.Combine(folder, "none.pem"), ours.File), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_is_none_is_named_with_the_form_it_should_have()
    {
        var (certificate, key) = ours.Issue("silo");
        File.WriteAllText(certificate, "not a certificate");

        var refusal = Refusal(certificate, key, ours.File);

        Assert.StartsWith(certificate, refusal, StringComparison.Ordinal);
        Assert.Contains("-----BEGIN CERTIFICATE-----", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void An_authority_that_is_none_is_named()
    {
        var (certificate, key) = ours.Issue("silo");
        var broken = Path.Combine(folder, "broken.pem");
        File.WriteAllText(broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        Assert.StartsWith(broken, Refusal(certificate, key, broken), StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_of_another_certificate_is_named_with_the_certificate()
    {
        var (certificate, _) = ours.Issue("silo");
        var (_, key) = ours.Issue("other");

        var refusal = Refusal(certificate, key, ours.File);

        Assert.StartsWith(key, refusal, StringComparison.Ordinal);
        Assert.Contains(certificate, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_of_another_authority_is_refused()
    {
        var (certificate, key) = theirs.Issue("silo");

        Assert.Contains(ours.File, Refusal(certificate, key, ours.File), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_has_expired_is_refused()
    {
        var (certificate, key) = ours.Issue("silo", expired: true);

        Assert.Contains("valid now", Refusal(certificate, key, ours.File), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_is_good_for_servers_only_is_refused()
    {
        var (certificate, key) = ours.Issue("website", useOnly: "1.3.6.1.5.5.7.3.1");

        Assert.Contains("clients and servers", Refusal(certificate, key, ours.File), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        ours.Dispose();
        theirs.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Refusal(string certificate, string key, string authority) =>
        Assert.Throws<InvalidDataException>(() => SiloTls.Load(certificate, key, authority)).Message;
}
