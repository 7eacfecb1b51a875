using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerService.AgentConsole.Tests.SignIn;

/// <summary>An OpenID Connect provider on this machine that keeps to the protocol (Core 1.0, RFC 7636) and refuses what does not; where a test says so it lies.</summary>
internal sealed class LoopbackProvider : IAsyncDisposable
{
    public const string ClientId = "customerservice";
    public const string Secret = "a secret of the provider";

    private readonly RSA _key = RSA.Create(2048);
    private readonly RSA _anothersKey = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, IQueryCollection> _codes = new();
    private readonly string _access = RandomNumberGenerator.GetHexString(32);
    private readonly WebApplication _app;

    private LoopbackProvider(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Who is signed in at the provider.</summary>
    public Dictionary<string, object> Claims { get; set; } = new() { ["sub"] = "77", ["email"] = "ann@shop.example", ["email_verified"] = true, ["name"] = "Ann Lee", ["preferred_username"] = "Ann.Lee" };

    public string? LiesAboutNonce { get; set; }

    public string? LiesAboutAudience { get; set; }

    /// <summary>As if the code had been asked for by somebody else.</summary>
    public bool TakesAnothersChallenge { get; set; }

    public bool SignsWithAnothersKey { get; set; }

    /// <summary>What it refused, and why.</summary>
    public ConcurrentQueue<string> Refused { get; } = new();

    public static async Task<LoopbackProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new LoopbackProvider(builder.Build());
        provider.Map();
        await provider._app.StartAsync();
        provider.Address = new Uri(provider._app.Urls.First());
        return provider;
    }

    /// <summary>It answers no more.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
        _anothersKey.Dispose();
    }

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["userinfo_endpoint"] = $"{Issuer}/userinfo",
            ["jwks_uri"] = $"{Issuer}/jwks",
            ["response_types_supported"] = new[] { "code" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        }));
        _app.MapGet("/jwks", () =>
        {
            var key = _key.ExportParameters(false);
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = "1", n = WebEncoders.Base64UrlEncode(key.Modulus!), e = WebEncoders.Base64UrlEncode(key.Exponent!) } } });
        });
        _app.MapGet("/authorize", Authorize);
        _app.MapPost("/token", TokenAsync);
        _app.MapGet("/userinfo", (HttpRequest request) => request.Headers.Authorization == $"Bearer {_access}" ? Results.Json(Claims) : Refuse("access token"));
    }

    private string Issuer => Address.ToString().TrimEnd('/');

    private IResult Authorize(HttpRequest request)
    {
        var asked = request.Query;
        if (asked["response_type"] != "code" || asked["client_id"] != ClientId || !asked["scope"].ToString().Split(' ').Contains("openid"))
            return Refuse("request");
        if (asked["code_challenge_method"] != "S256" || asked["code_challenge"].ToString().Length != 43)
            return Refuse("no PKCE");
        if (asked["state"].ToString().Length < 8 || asked["nonce"].ToString().Length < 8)
            return Refuse("no state or nonce");
        var code = RandomNumberGenerator.GetHexString(32);
        _codes[code] = asked;
        return Results.Redirect(QueryHelpers.AddQueryString(asked["redirect_uri"].ToString(), new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"], ["iss"] = Issuer }));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["grant_type"] != "authorization_code" || form["client_id"] != ClientId || form["client_secret"] != Secret)
            return Refuse("client");
        if (!_codes.TryRemove(form["code"].ToString(), out var asked) || asked["redirect_uri"] != form["redirect_uri"])
            return Refuse("code");
        var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (TakesAnothersChallenge || challenge != asked["code_challenge"])
            return Refuse("code verifier");
        return Results.Json(new { access_token = _access, token_type = "Bearer", expires_in = 300, id_token = IdToken(asked["nonce"].ToString()) });
    }

    private string IdToken(string nonce)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = LiesAboutAudience ?? ClientId,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object>(Claims) { ["nonce"] = LiesAboutNonce ?? nonce },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(SignsWithAnothersKey ? _anothersKey : _key) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
        });
    }

    private IResult Refuse(string why)
    {
        Refused.Enqueue(why);
        return Results.Json(new { error = "invalid_request", error_description = why }, statusCode: StatusCodes.Status400BadRequest);
    }
}
