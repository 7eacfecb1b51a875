using System.Collections.Immutable;
using System.Text;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Files;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Webhooks;
using CustomerService.Grains.Conversations;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Channels.Tests.Vendors;

/// <summary>Opens accounts from the words of a <c>channels.yaml</c>, and makes the requests that a host would make of what comes over the net.</summary>
internal static class TestParts
{
    public const string PublicUrl = "https://shop.example";

    /// <summary>When requests come in.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public static AccountSettings Settings(string accounts, params (string Name, string Value)[] environment) =>
        ChannelSettings.Parse(accounts, "channels.yaml", name => environment.FirstOrDefault(each => each.Name == name).Value).Accounts[0];

    public static TAccount Open<TAccount>(AccountSettings settings, TimeProvider? time = null, IAttachmentStore? files = null)
        where TAccount : class, IChannelAccount => (TAccount)settings.Open(
            new AccountParts(Http, time ?? TimeProvider.System, NullLoggerFactory.Instance, files ?? new MemoryFiles(), new Uri(PublicUrl)));

    public static WebhookRequest Request(string url, byte[] body, string mediaType, params (string Name, string Value)[] headers) => new(
        "POST", new Uri(url), RestOf(url), headers.Append(("Content-Type", mediaType)).ToImmutableDictionary(header => header.Item1, header => header.Item2, StringComparer.OrdinalIgnoreCase),
        body, Now);

    public static WebhookRequest Form(string url, IEnumerable<KeyValuePair<string, string>> form, params (string Name, string Value)[] headers) =>
        Request(url, Encoding.UTF8.GetBytes(Encode(form)), "application/x-www-form-urlencoded; charset=utf-8", headers);

    public static string Encode(IEnumerable<KeyValuePair<string, string>> form) =>
        string.Join('&', form.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value).Replace("%20", "+", StringComparison.Ordinal)}"));

    /// <summary>What follows <c>/api/channels/ACCOUNT</c>.</summary>
    private static string RestOf(string url) => string.Join('/', new Uri(url).AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(3));

    /// <summary>Files in memory.</summary>
    internal sealed class MemoryFiles : IAttachmentStore
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> _files = new();

        public async Task<Attachment> KeepAsync(string name, string mediaType, Stream content, CancellationToken cancellation)
        {
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, cancellation);
            _files[name] = bytes.ToArray();
            return new Attachment(name, mediaType, bytes.Length, name);
        }

        public Task<Attachment> KeepUntilAsync(string name, string mediaType, Stream content, DateTimeOffset until, CancellationToken cancellation) =>
            KeepAsync(name, mediaType, content, cancellation);

        public Task<bool> TakeAsync(IReadOnlyCollection<string> references, CancellationToken cancellation) => Task.FromResult(references.All(_files.ContainsKey));

        public Task ReleaseAsync(IReadOnlyCollection<string> references, DateTimeOffset until, CancellationToken cancellation) => Task.CompletedTask;

        public Task<int> SweepAsync(DateTimeOffset now, FilesInUse inUse, CancellationToken cancellation) => Task.FromResult(0);

        public Task<Stream?> OpenAsync(string reference, CancellationToken cancellation) =>
            Task.FromResult<Stream?>(_files.TryGetValue(reference, out var bytes) ? new MemoryStream(bytes) : null);
    }
}
