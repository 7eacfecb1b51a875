using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Tests.Meta;
using CustomerService.Channels.Tests.Vendors;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Tests.Social;

/// <summary>Bodies that are signed, and still what nobody expects: whatever the bytes are, there is a reading.</summary>
public sealed class HostileBodiesTests
{
    private const int Rounds = 3_000;

    private static readonly AccountSettings[] Accounts =
        [MetaAccounts.WhatsApp(MetaAccounts.Nowhere), MetaAccounts.Messenger(MetaAccounts.Nowhere), MetaAccounts.Instagram(MetaAccounts.Nowhere)];

    private static readonly byte[][] Genuine =
    [
        SocialNetwork.WhatsApp(
            [SocialNetwork.WhatsAppText("wamid.1", "Hello"), new { from = "4915112345678", id = "wamid.2", type = "contacts", contacts = new[] { new { name = new { formatted_name = "A" } } } }],
            [SocialNetwork.WhatsAppStatus("wamid.3", "failed", "conversation=c&message=m&part=1&of=1", 131047)]),
        SocialNetwork.Page(
            "page", SocialNetwork.PageId,
            SocialNetwork.PageMessage("mid.1", new { text = "Hi", attachments = new[] { new { type = "image", payload = new { url = "https://a.fbcdn.net/a.jpg" } } } }),
            new { sender = new { id = "1" }, delivery = new { mids = new[] { "m" }, watermark = 5 }, read = new { watermark = 6 }, reaction = new { mid = "m", action = "react", emoji = "x" } }),
    ];

    /// <summary>What stands where something else is expected.</summary>
    private static readonly string[] Odd =
        ["null", "true", "0", "-1", "1e999", "123456789012345678901234567890", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "[null,[],{},1]", "{}", "{\"id\":[]}", "\"" + new string('x', 70_000) + "\""];

    [Fact]
    public void WrongTypesAnywhere_ThrowNothing()
    {
        foreach (var body in Genuine)
        {
            foreach (var place in Places(JsonNode.Parse(body)!, []))
            {
                foreach (var odd in Odd)
                    Read(Encoding.UTF8.GetBytes(With(body, place, odd)));
            }
        }
    }

    [Fact]
    public void NoiseInGenuineBodies_ThrowsNothing()
    {
        var random = new Random(20260302);
        for (var round = 0; round < Rounds; round++)
        {
            var body = (byte[])Genuine[round % Genuine.Length].Clone();
            for (var change = random.Next(1, 6); change > 0; change--)
                body[random.Next(body.Length)] = (byte)random.Next(256);
            Read(random.Next(4) == 0 ? body[..random.Next(body.Length)] : body);
        }
    }

    [Fact]
    public void NamesThatAreNoText_AreReadOver()
    {
        foreach (var account in Accounts)
        {
            var body = Encoding.UTF8.GetBytes("""{"\ud800":1,"object":"page","entry":[{"\udfff":{},"id":"1067280970047460","messaging":[{"\ud800":2}]}]}""");
            MetaAccounts.Read(account, body, SocialNetwork.Sign(body));
        }
    }

    [Fact]
    public void HugeBatch_IsReadWhole()
    {
        var body = SocialNetwork.WhatsApp(Enumerable.Range(0, 10_000).Select(number => SocialNetwork.WhatsAppText($"wamid.{number}", "Hello")));
        Assert.Equal(10_000, MetaAccounts.Events(Accounts[0], body).Length);
    }

    private static void Read(byte[] body)
    {
        foreach (var account in Accounts)
        {
            var reading = MetaAccounts.Read(account, body, SocialNetwork.Sign(body));
            Assert.True(reading is WebhookReading.Genuine or WebhookReading.Refused { Status: 400 });
            // What was read can be stored: it is text, and names somebody.
            foreach (var message in reading is WebhookReading.Genuine genuine ? genuine.Events.OfType<ChannelEvent.Message>() : [])
            {
                Assert.NotEmpty(message.Interaction.Address);
                Assert.NotEmpty(JsonSerializer.Serialize(message.Interaction.Content));
            }
        }
    }

    private static IEnumerable<object[]> Places(JsonNode? node, object[] path)
    {
        yield return path;
        var members = node switch
        {
            JsonObject map => map.Select(member => ((object)member.Key, member.Value)),
            JsonArray list => list.Select((item, index) => ((object)index, item)),
            _ => [],
        };
        foreach (var (name, value) in members)
        {
            foreach (var place in Places(value, [.. path, name]))
                yield return place;
        }
    }

    /// <summary>The body with something else at one place; by a mark, since the oddities are no values that a document could hold.</summary>
    private static string With(byte[] body, object[] place, string odd)
    {
        if (place.Length == 0)
            return odd;
        var root = JsonNode.Parse(body)!;
        var node = root;
        foreach (var step in place[..^1])
            node = step is int index ? node![index] : node![(string)step];
        const string Mark = "odd-4711";
        if (place[^1] is int last)
            node![last] = Mark;
        else
            node![(string)place[^1]] = Mark;
        return root.ToJsonString().Replace($"\"{Mark}\"", odd, StringComparison.Ordinal);
    }
}
