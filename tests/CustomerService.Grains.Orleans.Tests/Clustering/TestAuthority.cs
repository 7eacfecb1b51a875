using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CustomerService.Grains.Orleans.Clustering;

namespace CustomerService.Grains.Orleans.Tests.Clustering;

/// <summary>An authority of the test's own, and the PEM files of those whom it certifies.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly X509Certificate2 authority;
    private readonly string folder;

    public TestAuthority(string folder, string name)
    {
        this.folder = folder;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        authority = request.CreateSelfSigned(Now.AddYears(-2), Now.AddYears(1));
        File = Path.Combine(folder, $"{name}.authority.pem");
        System.IO.File.WriteAllText(File, authority.ExportCertificatePem());
    }

    /// <summary>The PEM file that says whom to trust.</summary>
    public string File { get; }

    /// <summary>Writes a certificate and its key, over what the files held before.</summary>
    public (string Certificate, string Key) Issue(string name, bool expired = false, string? useOnly = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (useOnly is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(useOnly)], critical: false));
        using var certificate = request.Create(
            authority, Now.AddYears(-1), expired ? Now.AddDays(-1) : Now.AddDays(30), RandomNumberGenerator.GetBytes(8));
        var files = (Certificate: Path.Combine(folder, $"{name}.pem"), Key: Path.Combine(folder, $"{name}.key.pem"));
        System.IO.File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
        System.IO.File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    /// <summary>Issues, and loads what a process with these files would.</summary>
    public SiloTls Certify(string name)
    {
        var (certificate, key) = Issue(name);
        return SiloTls.Load(certificate, key, File);
    }

    public void Dispose() => authority.Dispose();
}
