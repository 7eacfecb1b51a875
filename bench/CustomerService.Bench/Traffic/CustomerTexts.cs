using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Bench.Running;
using CustomerService.Gateway.Chat;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Bench.Traffic;

/// <summary>The held-out corpus, by what becomes of each text as the first message of a conversation.</summary>
/// <param name="Answered">Answered by the assistant.</param>
/// <param name="HandedOver">Handed to a person.</param>
internal sealed record CustomerTexts(ImmutableArray<string> Answered, ImmutableArray<string> HandedOver)
{
    /// <summary>Sends every text, as a conversation of its own.</summary>
    public static async Task<CustomerTexts> SortAsync(BenchSystem system)
    {
        using var watch = new OutcomeWatch(system.Host.Journal);
        var (answered, handedOver) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        foreach (var (n, text) in Read().Index())
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"text-{n}");
            var outcome = watch.Expect(id);
            await system.Intake.AcceptAsync(id, new SendMessage { ConversationId = id, MessageId = id, Text = text }, null, CancellationToken.None);
            ((await outcome).Outcome == Outcome.Answered ? answered : handedOver).Add(text);
        }

        await system.Store.WhenSettledAsync();
        return new CustomerTexts(answered.ToImmutable(), handedOver.ToImmutable());
    }

    /// <summary>Every text of the corpus, in a fixed order.</summary>
    private static IEnumerable<string> Read()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "held-out");
        if (!Directory.Exists(folder))
            throw new CommandFailedException($"{folder}: the customers' texts are not there; build the project again.");
        return Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines)
            .Select(line => line.Trim())
            .Where(line => line.Length > 0);
    }
}
