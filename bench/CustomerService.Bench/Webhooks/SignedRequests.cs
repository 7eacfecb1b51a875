using System.Globalization;
using System.Net;
using System.Text;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Meta.Pages;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Telegram;
using CustomerService.Channels.Voice;
using CustomerService.Silo.Playing;

namespace CustomerService.Bench.Webhooks;

/// <summary>A provider's request, ready to be sent.</summary>
internal sealed record SignedRequest(string Path, string MediaType, string Header, string Proof, byte[] Body)
{
    public HttpRequestMessage To(Uri door)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(door, Path)) { Content = new ByteArrayContent(Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", MediaType);
        request.Headers.TryAddWithoutValidation(Header, Proof);
        return request;
    }
}

/// <summary>Makes providers' requests before they are needed, by whoever plays customers at the terminal (<c>./run send</c>): those speak each provider's format.</summary>
internal sealed class SignedRequests : IDisposable
{
    private readonly Recorder _recorder = new();
    private readonly HttpClient _http;
    private readonly ProviderDoor _door;

    public SignedRequests(ChannelSettings settings)
    {
        _http = new HttpClient(_recorder) { BaseAddress = settings.PublicUrl };
        _door = new ProviderDoor(_http, settings.PublicUrl);
    }

    /// <summary>One request for each text, from so many senders in turn. All are different.</summary>
    public async Task<IReadOnlyList<SignedRequest>> MakeAsync(AccountSettings account, IReadOnlyList<string> texts, int senders)
    {
        var clock = new SteppingClock();
        var requests = new List<SignedRequest>(texts.Count);
        foreach (var (n, text) in texts.Index())
        {
            _recorder.Recorded.Clear();
            var from = From(account, n % senders);
            if (account is VoiceSettings voice)
                await new PlayedCall(voice, _door, from, () => Task.FromResult<string?>(null), _ => { }, TimeProvider.System, TimeSpan.FromMinutes(1)).HoldAsync(CancellationToken.None);
            else
                await new PlayedCustomer(account.Channel, account.Name, from).RouteTo(account, _http, _door, _ => { }, clock).SayAsync(text, CancellationToken.None);
            requests.Add(_recorder.Recorded[0]);
        }

        return requests;
    }

    public void Dispose() => _http.Dispose();

    private static string From(AccountSettings account, int sender) => account is PageSettings or TelegramSettings
        ? string.Create(CultureInfo.InvariantCulture, $"1{sender:000000000}")
        : string.Create(CultureInfo.InvariantCulture, $"+1202{sender:0000000}");

    /// <summary>Some providers' ids are times.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private DateTimeOffset _now = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => _now += TimeSpan.FromMilliseconds(1);
    }

    /// <summary>Answers to a call with what ends it; nobody else looks at it.</summary>
    private sealed class Recorder : HttpMessageHandler
    {
        public List<SignedRequest> Recorded { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (header, proof) = request.Headers.Select(each => (each.Key, each.Value.First())).Single();
            Recorded.Add(new SignedRequest(
                request.RequestUri!.PathAndQuery, request.Content!.Headers.ContentType!.ToString(), header, proof, await request.Content.ReadAsByteArrayAsync(cancellationToken)));
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<Response><Hangup/></Response>", Encoding.UTF8, "text/xml") };
        }
    }
}
