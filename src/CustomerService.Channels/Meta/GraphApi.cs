using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Social;

namespace CustomerService.Channels.Meta;

/// <summary>Meta's Graph API, as far as messages need it.</summary>
internal sealed class GraphApi(MetaApp app, AccountParts parts)
{
    /// <summary>Where Meta keeps files besides the API itself.</summary>
    private static readonly string[] FileHosts = ["fbsbx.com", "fbcdn.net", "cdninstagram.com", "facebook.com", "instagram.com", "whatsapp.net"];

    private readonly JsonApi _api = new(parts);

    /// <summary>Proves that whoever uses the token also has the app's secret.</summary>
    private readonly string _proof = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(app.AppSecret), Encoding.UTF8.GetBytes(app.AccessToken)));

    /// <summary>Sends one message.</summary>
    /// <param name="idOf">Under which id it was taken; empty where the answer says none.</param>
    public async Task<SendOutcome> SendAsync(string path, JsonObject body, Func<JsonElement, string> idOf, CancellationToken cancellation)
    {
        var answer = await _api.AskAsync(HttpMethod.Post, At(path), app.AccessToken, body, cancellation);
        return answer.Outcome(said => !said.IsSuccess ? GraphErrors.Outcome(said, app.Api.Authority)
            : idOf(said.Json()) is { Length: > 0 } id ? new SendOutcome.Accepted([id])
            : new SendOutcome.Unknown($"{app.Api.Authority} took the message and did not say under which id"));
    }

    /// <summary>Brings a file to Meta, where nobody sees it yet.</summary>
    /// <returns>Its id, or why it is not there.</returns>
    public async Task<(string? Id, SendOutcome? Failure)> UploadAsync(
        string path, Grains.Conversations.Attachment file, string field, string idName, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellation)
    {
        await using var bytes = await parts.Files.OpenAsync(file.Reference, cancellation);
        if (bytes is null)
            return (null, new SendOutcome.Failed($"the file {file.Name} is not kept any more"));
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in form)
            content.Add(new StringContent(value), name);
        using var part = new StreamContent(bytes);
        part.Headers.ContentType = MediaTypeHeaderValue.TryParse(file.MediaType, out var type) ? type : new MediaTypeHeaderValue("application/octet-stream");
        content.Add(part, field, file.Name);
        var answer = await _api.AskAsync(HttpMethod.Post, At(path), app.AccessToken, content, cancellation);
        if (answer is HttpAnswer.Said { IsSuccess: true } taken && taken.Json().Text(idName) is { Length: > 0 } id)
            return (id, null);
        return (null, answer.Outcome(said => GraphErrors.Outcome(said, app.Api.Authority)) switch
        {
            // However it ended, the customer has seen nothing: it can be done again.
            SendOutcome.Unknown unknown => new SendOutcome.Later(unknown.Reason),
            var outcome => outcome,
        });
    }

    /// <summary>Opens a file that has an id at Meta.</summary>
    /// <exception cref="MediaUnavailableException">It can't be had.</exception>
    public async Task<MediaContent> OpenByIdAsync(MediaReference media, CancellationToken cancellation)
    {
        if (media.Id.Length is 0 or > 200 || !media.Id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
            throw new MediaUnavailableException("the message names no file");
        if (await _api.AskAsync(HttpMethod.Get, At(media.Id), app.AccessToken, (JsonNode?)null, cancellation) is not HttpAnswer.Said { IsSuccess: true } said)
            throw new MediaUnavailableException($"{app.Api.Authority} does not say where the file {media.Id} lies");
        return await OpenAsync(media with { Id = said.Json().Text("url") }, cancellation);
    }

    /// <summary>Opens a file that has an address at Meta.</summary>
    /// <exception cref="MediaUnavailableException">It can't be had.</exception>
    public Task<MediaContent> OpenAsync(MediaReference media, CancellationToken cancellation) => Uri.TryCreate(media.Id, UriKind.Absolute, out var where)
        ? RemoteFile.OpenAsync(parts, where, BearerFor, IsMetas, media.MediaType, cancellation)
        : throw new MediaUnavailableException("the file has no address");

    /// <summary>Files of WhatsApp are given only to who shows the token; elsewhere it is not shown.</summary>
    private string? BearerFor(Uri where) => IsApi(where) || RemoteFile.IsBelow(where, ["lookaside.fbsbx.com"]) ? app.AccessToken : null;

    private bool IsMetas(Uri where) => IsApi(where) || RemoteFile.IsBelow(where, FileHosts);

    private bool IsApi(Uri where) => where.Scheme == app.Api.Scheme && where.Authority == app.Api.Authority && where.UserInfo.Length == 0;

    private Uri At(string path) => new($"{app.Api.AbsoluteUri.TrimEnd('/')}/{path}?appsecret_proof={_proof}");
}
