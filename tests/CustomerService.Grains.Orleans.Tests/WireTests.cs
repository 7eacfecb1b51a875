using System.Reflection;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Orleans.Wire;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Serialization;

namespace CustomerService.Grains.Orleans.Tests;

public sealed class WireTests
{
    private static readonly Serializer Serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    [Fact]
    public void A_command_arrives_as_it_was_sent()
    {
        var sent = new ReceiveMessage(ClusterFixture.Message("m-1", "Grüße {{ x }} 😀")) { Id = "c-1" };

        var arrived = Assert.IsType<ReceiveMessage>(OverTheWire(WireCommand.Of(sent)).ToCommand());

        Assert.Equal(sent.Id, arrived.Id);
        Assert.Equal(sent.Interaction.Content, arrived.Interaction.Content);
    }

    [Fact]
    public void A_reply_arrives_as_it_was_sent() =>
        Assert.Equal(new MessageAccepted(7, Duplicate: true), OverTheWire(WireAnswer.Of(new MessageAccepted(7, Duplicate: true))).ToReply());

    [Fact]
    public void A_busy_host_arrives_with_its_pause()
    {
        var fault = Assert.Throws<HostBusyException>(() => OverTheWire(WireAnswer.Of(new HostBusyException("full", TimeSpan.FromSeconds(3)))!).ToReply());

        Assert.Equal(("full", TimeSpan.FromSeconds(3)), (fault.Message, fault.RetryAfter));
    }

    [Fact]
    public void A_parked_command_arrives_with_its_key()
    {
        var fault = Assert.Throws<CommandParkedException>(() => OverTheWire(WireAnswer.Of(new CommandParkedException("p-1", "broken"))!).ToReply());

        Assert.Equal(("broken", "p-1"), (fault.Message, fault.ParkedId));
    }

    [Fact]
    public void An_unavailable_store_arrives_as_such() =>
        Assert.Equal("full disk", Assert.Throws<StoreUnavailableException>(() => OverTheWire(WireAnswer.Of(new StoreUnavailableException("full disk"))!).ToReply()).Message);

    [Fact]
    public void A_fault_that_nobody_promised_is_no_answer() => Assert.Null(WireAnswer.Of(new InvalidOperationException()));

    [Fact]
    public void An_outcome_of_a_newer_program_is_told() =>
        Assert.Contains("99", Assert.Throws<System.Text.Json.JsonException>(() => new WireAnswer { Outcome = (WireOutcome)99 }.ToReply()).Message, StringComparison.Ordinal);

    [Fact]
    public void The_names_on_the_wire_are_those_of_every_version()
    {
        // Silos of two versions speak to each other while a cluster is upgraded: add lines, never change or remove one.
        string[] names =
        [
            "IAddressGrain customerservice.address_grain", "IAgentGrain customerservice.agent_grain",
            "IConversationGrain customerservice.conversation_grain", "ICustomerGrain customerservice.customer_grain",
            "IQueueGrain customerservice.queue_grain", "ITicketGrain customerservice.ticket_grain",
            "ITurnGrain customerservice.turn_grain", "ITurnGrain.Ask ask",
            "WireAnswer customerservice.answer",
            "WireAnswer.Json 1", "WireAnswer.Message 2", "WireAnswer.Outcome 0", "WireAnswer.ParkedId 3", "WireAnswer.RetryAfter 4",
            "WireCommand customerservice.command", "WireCommand.Json 0",
            "WireOutcome customerservice.outcome",
            "WireOutcome.Busy 1", "WireOutcome.Parked 2", "WireOutcome.Replied 0", "WireOutcome.StoreUnavailable 3",
        ];

        Assert.Equal(names.Order(StringComparer.Ordinal), NamesOnTheWire().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_of_grain_lives_in_Orleans()
    {
        var kinds = typeof(TurnGrain).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TurnGrain))).Select(type => type.Name.Replace("Grain", "", StringComparison.Ordinal).ToLowerInvariant());

        Assert.Equal(GrainCatalog.All.Select(kind => kind.Name).Order(StringComparer.Ordinal), kinds.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> NamesOnTheWire()
    {
        foreach (var type in typeof(WireCommand).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("CustomerService.Grains.Orleans", StringComparison.Ordinal) == true))
        {
            var isGrain = type.IsInterface && type.IsAssignableTo(typeof(IGrain));
            if (!isGrain && type.GetCustomAttribute<GenerateSerializerAttribute>() is null)
                continue;

            yield return $"{type.Name} {type.GetCustomAttribute<AliasAttribute>()?.Alias}";
            foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                if (member is MethodInfo && isGrain)
                    yield return $"{type.Name}.{member.Name} {member.GetCustomAttribute<AliasAttribute>()?.Alias}";
                if (member is PropertyInfo && member.Name != "EqualityContract")
                    yield return $"{type.Name}.{member.Name} {member.GetCustomAttribute<IdAttribute>()?.Id}";
            }

            if (type.IsEnum)
            {
                foreach (var value in Enum.GetValues(type))
                    yield return $"{type.Name}.{value} {(int)value}";
            }
        }
    }

    private static T OverTheWire<T>(T message) => Serializer.Deserialize<T>(Serializer.SerializeToArray(message))!;
}
