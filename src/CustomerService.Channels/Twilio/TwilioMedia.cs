using System.Net;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;

namespace CustomerService.Channels.Twilio;

/// <summary>
/// Pictures and recordings that lie at Twilio. Its API gives them only to who proves to be us, or sends on to where they lie, which needs no proof and gets none.
/// </summary>
internal sealed class TwilioMedia(Uri address, TwilioApi api, HttpClient http)
{
    private const int MostRedirects = 3;

    /// <summary>Where Twilio keeps files. A redirect to anywhere else is not followed: not into our own network either.</summary>
    private static readonly string[] Hosts = ["twilio.com", "twiliocdn.com", "amazonaws.com"];

    /// <exception cref="MediaUnavailableException">It can't be had.</exception>
    public async Task<MediaContent> OpenAsync(MediaReference media, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(media.Id, UriKind.Absolute, out var where))
            throw new MediaUnavailableException($"'{media.Id}' is no address");
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            if (!IsTrusted(where))
                throw new MediaUnavailableException($"{where.Authority} is not where Twilio keeps files");
            using var request = api.Request(HttpMethod.Get, where);
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (answer.IsSuccessStatusCode)
                return new MediaContent(await answer.Content.ReadAsStreamAsync(cancellation), answer.Content.Headers.ContentType?.MediaType ?? media.MediaType, answer.Content.Headers.ContentLength);
            using (answer)
            {
                if (answer.Headers.Location is not { } next || answer.StatusCode is < HttpStatusCode.MultipleChoices or >= HttpStatusCode.BadRequest)
                    throw new MediaUnavailableException($"{where.Authority} answered {(int)answer.StatusCode}");
                where = new Uri(where, next);
            }
        }

        throw new MediaUnavailableException($"more than {MostRedirects} redirects");
    }

    private bool IsTrusted(Uri where) =>
        (where.Scheme == address.Scheme && where.Authority == address.Authority)
        || (where.Scheme == Uri.UriSchemeHttps && where.IsDefaultPort && where.UserInfo.Length == 0
            && Hosts.Any(host => where.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || where.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase)));
}
