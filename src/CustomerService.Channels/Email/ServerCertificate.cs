using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CustomerService.Channels.Email;

/// <summary>Decides whether a mail server is the one it should be, by its certificate.</summary>
internal sealed class ServerCertificate(MailServer server)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Why the last one was not trusted, as one sentence; null where it was, or none was shown.</summary>
    public string? Refusal { get; private set; }

    /// <param name="errors">What the machine finds wrong with it. Whose name it has, it knows; who may vouch for it, the owner may know better.</param>
    public bool IsTrusted(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        Refusal = shown is not X509Certificate2 certificate || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? $"{server.Host} shows no certificate"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"{server.Host} shows a certificate that is not for this name but for {Names(certificate)}: 'host' has to be the server's own name"
            : server.CaFile is null ? (errors == SslPolicyErrors.None ? null : Unvouched(chain, "if it is signed by an authority of your own, name that one's certificate as 'ca_file'"))
            : VouchedFor(certificate, chain, server.CaFile);
        return Refusal is null;
    }

    /// <summary>Read at each connection, so that a file that was renewed counts from then on.</summary>
    private string? VouchedFor(X509Certificate2 certificate, X509Chain? sent, string file)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // Authorities of one's own seldom say what they took back, and whoever has a key of theirs has them.
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        try
        {
            chain.ChainPolicy.CustomTrustStore.AddRange(Certificates.Read(file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"the ca_file {file} can't be read: {fault.Message.TrimEnd('.')}";
        }

        return chain.Build(certificate) ? null : Unvouched(chain, $"the authority in {file} has not signed it, or not for this time");
    }

    private string Unvouched(X509Chain? chain, string hint) =>
        $"the certificate of {server.Host} can't be trusted ({string.Join(", ", chain?.ChainStatus.Select(status => status.Status).Distinct() ?? [])}); {hint}";

    private static string Names(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } names
            ? string.Join(", ", names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString())))
            : certificate.Subject;
}

/// <summary>Files with certificates.</summary>
internal static class Certificates
{
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="CryptographicException">It has no certificates in PEM, or broken ones.</exception>
    public static X509Certificate2Collection Read(string file)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        return certificates.Count > 0 ? certificates : throw new CryptographicException("it has no certificate in PEM");
    }

    /// <summary>What is wrong with a file that should have certificates; null: nothing.</summary>
    public static string? WhyUnusable(string file)
    {
        if (!Path.IsPathRooted(file))
            return "it is no whole path";
        try
        {
            Read(file);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return fault.Message.TrimEnd('.');
        }
    }
}
