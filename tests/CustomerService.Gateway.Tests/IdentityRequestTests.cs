using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;

namespace CustomerService.Gateway.Tests;

/// <summary>Customers whom the owner's site vouches for.</summary>
public sealed class IdentityRequestTests : IAsyncLifetime
{
    private const string Shop = "https://shop.example";
    private readonly GrainWorld _world = new() { Channels = "chat: { allowed_origins: [\"https://shop.example\", \"https://outlet.example\"], identity_key_env: KEY_NEW, previous_identity_key_env: KEY_OLD }" };
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync(_world);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task The_same_customer_goes_on_with_their_conversation_on_another_device()
    {
        var (telephone, laptop) = (await BeginAsync(Token(Claims("42"))), await BeginAsync(Token(Claims("42"), key: "KEY_OLD")));
        var other = await BeginAsync(Token(Claims("43")));
        var conversation = telephone.Json["conversation"]!.GetValue<string>();
        await _gateway.SayAsync(telephone.Json["token"]!.GetValue<string>(), "From the telephone", conversation);

        var read = await _gateway.ReadAsync(laptop.Json["token"]!.GetValue<string>(), laptop.Json["conversation"]!.GetValue<string>());

        Assert.Equal(HttpStatusCode.Created, telephone.Status);
        Assert.Equal("From the telephone", read.Json["messages"]![0]!["text"]!.GetValue<string>());
        Assert.NotEqual(conversation, other.Json["conversation"]!.GetValue<string>());
        (await _gateway.ReadAsync(other.Json["token"]!.GetValue<string>(), conversation)).ShouldBe(404, "no_such_conversation");
    }

    [Fact]
    public async Task Their_address_is_the_customers_of_their_mail_address()
    {
        var session = await BeginAsync(Token(Claims("42", ("email", "Rosa@Example.org"), ("name", "Rosa"), ("locale", "es-MX"))));

        var id = CustomerIds.ForAddress(ChannelNames.Email, "rosa@example.org");
        var owner = Assert.IsType<AddressOwner>(await _world.AskAsync(Grain.Address(ChannelNames.Chat, session.Json["visitor"]!.GetValue<string>()), new ResolveAddress()));
        var customer = Assert.IsType<CustomerView>(await _world.AskAsync(Grain.Customer(id), new GetCustomer()));
        Assert.Equal((id, true), (owner.CustomerId, owner.Linked));
        Assert.Equal(("Rosa", "es"), (customer.Profile.Name, customer.Profile.Language));
    }

    [Theory]
    [InlineData("rosa@example.org", null)]
    [InlineData("rosa@example.org", "rosa_lopez_4411")]
    [InlineData(null, "rosa_lopez_4411")]
    [InlineData(null, null)]
    public async Task Whom_the_site_names_has_proved_so_for_an_hour(string? email, string? id)
    {
        (string, object)[] claims = [("email", email!), ("customer_id", id!)];
        var session = await BeginAsync(Token(Claims("42", [.. claims.Where(claim => claim.Item2 is not null)])));

        var vouched = await VouchedAsync(session);

        Assert.Equal((id, email), (vouched?.ShopCustomerId, vouched?.Email));
        Assert.Equal(email is null && id is null ? null : TimeSpan.FromHours(1), vouched?.Until - vouched?.At);
    }

    [Fact]
    public async Task The_sites_last_word_counts_and_what_does_not_hold_changes_nothing()
    {
        var first = await BeginAsync(Token(Claims("42", ("email", "rosa@example.org"))));
        await BeginAsync(Token(Claims("42", ("email", "ben@example.org"))));
        (await BeginAsync(Token(Claims("42", ("email", "thief@example.org")), key: "KEY_OTHER"))).ShouldBe(401, "identity_refused");
        (await BeginAsync(Token(Claims("42", ("email", "late@example.org"), ("exp", Seconds(-120)))))).ShouldBe(401, "identity_refused");

        Assert.Equal("ben@example.org", (await VouchedAsync(first))!.Email);
        await BeginAsync(Token(Claims("42")));
        Assert.Null(await VouchedAsync(first));
        Assert.Null(await VouchedAsync(await BeginAsync(Token(Claims("43")))));
    }

    [Fact]
    public async Task A_visitor_without_the_sites_word_is_nobody()
    {
        var unknown = await _gateway.BeginSessionAsync();

        var owner = Assert.IsType<AddressOwner>(await _world.AskAsync(Grain.Address(ChannelNames.Chat, unknown.Visitor), new ResolveAddress()));

        Assert.Equal((false, null), (owner.Linked, owner.Vouched));
    }

    [Fact]
    public async Task An_owner_may_want_other_proofs()
    {
        var world = new GrainWorld { Channels = "chat: { allowed_origins: [\"https://shop.example\"], identity_key_env: KEY_NEW, identity_proves: none }" };
        await using var careful = await RunningGateway.StartAsync(world);

        var session = await BeginAsync(Token(Claims("42", ("email", "rosa@example.org"))), Shop, careful);

        Assert.Equal(HttpStatusCode.Created, session.Status);
        Assert.Null(await VouchedAsync(session, world));
    }

    private async Task<VouchedCustomer?> VouchedAsync(Answer session, GrainWorld? world = null) => Assert.IsType<AddressOwner>(
        await (world ?? _world).AskAsync(Grain.Address(ChannelNames.Chat, session.Json["visitor"]!.GetValue<string>()), new ResolveAddress())).Vouched;

    [Fact]
    public async Task A_name_of_staffs_visitors_is_never_a_customers_subject()
    {
        var named = await _gateway.SendAsync(HttpMethod.Post, "/api/visitors/42/session", RunningGateway.AgentToken);

        Assert.NotEqual((await BeginAsync(Token(Claims("42")))).Json["visitor"]!.GetValue<string>(), named.Json["visitor"]!.GetValue<string>());
    }

    public static TheoryData<string, string, string> Refused => new()
    {
        { "wrong key", Token(Claims("42"), key: "KEY_OTHER"), Shop },
        { "no algorithm", Token(Claims("42"), header: """{"alg":"none"}"""), Shop },
        { "no algorithm and no signature", Unsigned(), Shop },
        { "another algorithm", Token(Claims("42"), header: """{"alg":"HS512"}"""), Shop },
        { "critical extension", Token(Claims("42"), header: """{"alg":"HS256","crit":["b64"],"b64":false}"""), Shop },
        { "expired", Token(Claims("42", ("exp", Seconds(-120)))), Shop },
        { "no end", Token("""{"sub":"42","aud":"https://shop.example"}"""), Shop },
        { "holds too long", Token(Claims("42", ("exp", Seconds(7200)))), Shop },
        { "end is a text", Token(Claims("42", ("exp", "tomorrow"))), Shop },
        { "end is huge", Token($$"""{"sub":"42","aud":"https://shop.example","exp":1e300}"""), Shop },
        { "not yet", Token(Claims("42", ("nbf", Seconds(600)))), Shop },
        { "another site's", Token(Claims("42", ("aud", "https://outlet.example"))), Shop },
        { "this site's, on another", Token(Claims("42")), "https://outlet.example" },
        { "for no site", Token($$"""{"sub":"42","exp":{{Seconds(600)}}}"""), Shop },
        { "no subject", Token($$"""{"aud":"https://shop.example","exp":{{Seconds(600)}}}"""), Shop },
        { "empty subject", Token(Claims("")), Shop },
        { "no object", Token("[1]"), Shop },
        { "half a surrogate", Token($$"""{"sub":"\ud83d","aud":"https://shop.example","exp":{{Seconds(600)}}}"""), Shop },
        { "altered", Token(Claims("42")).Replace(".", ".e", StringComparison.Ordinal), Shop },
        { "two parts", "a.b", Shop },
        { "four parts", Token(Claims("42")) + ".x", Shop },
        { "rubbish", "☃.☃.☃", Shop },
        { "too long", new string('a', 5_000), Shop },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_does_not_hold_is_refused(string what, string token, string origin)
    {
        var answer = await BeginAsync(token, origin);

        Assert.True(answer.Code == "identity_refused", $"{what}: {answer.Text}");
        answer.ShouldBe(401, "identity_refused");
        Assert.DoesNotContain(RunningGateway.IdentityKeyOf("KEY_NEW"), answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_nobody_is_vouched_for()
    {
        await using var closed = await RunningGateway.StartAsync(new GrainWorld { Channels = "chat: { allowed_origins: [\"https://shop.example\"] }" });

        (await BeginAsync(Token(Claims("42")), Shop, closed)).ShouldBe(401, "identity_refused");
    }

    private Task<Answer> BeginAsync(string token, string origin = Shop, RunningGateway? gateway = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/chat/sessions")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { identityToken = token }), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Origin", origin);
        return (gateway ?? _gateway).SendAsync(request);
    }

    private static string Claims(string subject, params (string Name, object Value)[] more)
    {
        var claims = new Dictionary<string, object> { ["sub"] = subject, ["aud"] = Shop, ["exp"] = Seconds(600) };
        foreach (var (name, value) in more)
            claims[name] = value;
        return JsonSerializer.Serialize(claims);
    }

    private static long Seconds(int fromNow) => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + fromNow;

    private static string Token(string claims, string key = "KEY_NEW", string header = """{"alg":"HS256","typ":"JWT"}""")
    {
        var signed = $"{Part(header)}.{Part(claims)}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(RunningGateway.IdentityKeyOf(key)), Encoding.UTF8.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Unsigned() => $"{Part("""{"alg":"none"}""")}.{Part(Claims("42"))}.";

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
