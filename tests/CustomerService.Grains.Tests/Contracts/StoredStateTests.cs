using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Contracts;

/// <summary>Stored states of every version, read by today's program.</summary>
public sealed class StoredStateTests
{
    public static TheoryData<string, int> AllVersions()
    {
        var all = new TheoryData<string, int>();
        foreach (var kind in GrainCatalog.All)
        {
            for (var version = 1; version <= kind.StateVersion; version++)
                all.Add(kind.Name, version);
        }

        return all;
    }

    public static TheoryData<string> AllKinds() => [.. GrainCatalog.All.Select(kind => kind.Name)];

    private static byte[] Golden(string kind, int version) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", $"{kind}.v{version}.json"));

    private static TState Read<TState>(string kind) => (TState)GrainCatalog.Find(kind).Read(Golden(kind, 1), 1);

    [Theory]
    [MemberData(nameof(AllVersions))]
    public void StoredState_IsReadWhole(string name, int version)
    {
        var kind = GrainCatalog.Find(name);
        var stored = Golden(name, version);

        var written = kind.Write(kind.Read(stored, version));

        if (version == kind.StateVersion)
            Assert.True(ContractManifest.Keeps(JsonNode.Parse(written), JsonNode.Parse(stored)), Encoding.UTF8.GetString(written));
        Assert.Equal(written, kind.Write(kind.Read(written, kind.StateVersion)));
    }

    [Fact]
    public void StoredConversation_MeansWhatItMeant()
    {
        var state = Read<ConversationState>(GrainKinds.Conversation);

        Assert.Equal((ConversationStatus.Assigned, "ada", "delivery-12", 4L), (state.Status, state.AgentId, state.OfferId, state.LastSequence));
        Assert.Equal("My parcel", state.Waiting[0].Interaction.ChannelMetadata["subject"]);
        Assert.Equal([Author.Customer, Author.System, Author.Agent, Author.Customer], state.Remembered.Select(each => each.By));
        Assert.Equal("W-1", state.Pending!.Slots["order"]);
    }

    [Fact]
    public void StoredQueueAndAgent_MeanWhatTheyMeant()
    {
        var queue = Read<QueueState>(GrainKinds.Queue);
        var agent = Read<AgentState>(GrainKinds.Agent);

        Assert.Equal(("ada", 12L), (queue.Unmoved!.Offers["delivery-13"].AgentId, queue.Unmoved.Agents["ada"].SeenOffer));
        Assert.Equal((0, 42.5), (queue.Floor.Count, queue.Waits.LastWait));
        Assert.Equal(2, agent.FreeUnits);
        Assert.True(agent.Offers[0].Claimed);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void FirstState_ReadsBackAsItself(string name)
    {
        var kind = GrainCatalog.Find(name);

        var written = kind.Write(kind.Initial("key-1"));

        Assert.Equal(written, kind.Write(kind.Read(written, kind.StateVersion)));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void EveryMemberOfAState_IsInTheGoldenFileOfItsVersion(string name)
    {
        var kind = GrainCatalog.Find(name);
        var stored = JsonNode.Parse(Golden(name, kind.StateVersion))!.AsObject();

        // A member left out of stored JSON is read as null or zero, whatever its initializer says.
        var added = kind.Initial("key-1").GetType().GetProperties()
            .Where(property => property.CanWrite && !property.IsDefined(typeof(JsonIgnoreAttribute), inherit: false))
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
            .Where(member => !stored.ContainsKey(member));

        Assert.True(!added.Any(), $"New in {name}: {string.Join(", ", added)}. Raise StateVersion, add the upgrade step and the golden file of the new version.");
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void StateOfANewerProgram_IsNotGuessedAt(string name)
    {
        var kind = GrainCatalog.Find(name);

        Assert.Throws<NotSupportedException>(() => kind.Read(Golden(name, 1), kind.StateVersion + 1));
        Assert.Throws<NotSupportedException>(() => kind.Read(Golden(name, 1), 0));
        Assert.ThrowsAny<JsonException>(() => kind.Read("not json"u8.ToArray(), kind.StateVersion));
    }

    [Fact]
    public void ConversationOfFiveMessages_IsSmall()
    {
        var conversation = new Subject<ConversationBehaviour, ConversationState>(Guid.Empty.ToString());
        for (var i = 0; i < 5; i++)
        {
            var id = $"00000000-0000-0000-0000-00000000000{i}";
            conversation.Handle(Receive(id, new string('x', 200)));
            conversation.Handle(new CompleteRun(id, Answered(new string('y', 200))));
        }

        conversation.Handle(Receive("00000000-0000-0000-0000-000000000009", new string('z', 200)));

        var bytes = JsonSerializer.SerializeToUtf8Bytes(conversation.State, GrainsJson.Default.ConversationState).Length;
        Assert.True(bytes <= 8 * 1024, $"It takes {bytes} bytes.");
    }

    [Fact]
    public void Catalog_FindsEveryKindByItsName()
    {
        Assert.Equal(["address", "agent", "alerts", "audit", "budget", "conversation", "customer", "delivery", "personal", "queue", "retention", "reviews", "staff", "thread", "ticket"], GrainCatalog.All.Select(kind => kind.Name).Order());
        Assert.Equal([GrainKinds.Queue, GrainKinds.Staff, GrainKinds.Personal], GrainCatalog.All.Where(kind => kind.IsIndexed).Select(kind => kind.Name));
        Assert.Contains("conversation", Assert.Throws<ArgumentException>(() => GrainCatalog.Find("robot")).Message, StringComparison.Ordinal);
    }
}
