using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CustomerService.Tests;

public sealed partial class MailServers
{
    /// <summary>The only name that the servers' certificate is for.</summary>
    public const string Host = "localhost";

    /// <summary>The certificate of the authority that signed the servers'.</summary>
    public string CaFile => Path.Combine(folder, "authority.pem");

    /// <summary>An authority of the same name that has signed nothing.</summary>
    public string OtherCaFile => Path.Combine(folder, "other-authority.pem");

    private async Task WriteCertificatesAsync()
    {
        using var authority = Authority();
        using var other = Authority();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var server = Signed(authority, key, Host);
        await File.WriteAllTextAsync(CaFile, authority.ExportCertificatePem());
        await File.WriteAllTextAsync(OtherCaFile, other.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(folder, "server.pem"), key.ExportPkcs8PrivateKeyPem() + "\n" + server.ExportCertificatePem());
    }

    public static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Authority of the tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));
    }

    /// <param name="until">When its time is over, in days from now.</param>
    /// <param name="usage">What it is for: by default, servers.</param>
    public static X509Certificate2 Signed(X509Certificate2 authority, ECDsa key, string host, int until = 29, string usage = "1.3.6.1.5.5.7.3.1")
    {
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.Create(authority, now.AddDays(-29), now.AddDays(until), RandomNumberGenerator.GetBytes(8));
    }
}
