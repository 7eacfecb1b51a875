using System.Collections.Immutable;

namespace CustomerService.Bench.Traffic;

/// <summary>What is sent: W1-like traffic.</summary>
/// <param name="Messages">How many different messages.</param>
/// <param name="Conversations">How many conversations they are spread over.</param>
/// <param name="Zipf">The exponent by which some conversations are busier than others; 0 for all alike.</param>
internal sealed record TrafficShape(int Messages, int Conversations, double Zipf)
{
    /// <summary>Messages that a person has to answer. Each is a conversation of its own, since it ends the assistant's part in it.</summary>
    public double HandedOver { get; init; } = 0.10;

    /// <summary>Messages that the customer's side sends a second time.</summary>
    public double Repeated { get; init; } = 0.01;

    public int Seed { get; init; } = 20260302;
}

/// <param name="Conversation">Which of the conversations; null for a new one.</param>
internal readonly record struct PlannedMessage(int? Conversation, string Text, bool IsRepeated);

/// <summary>The messages of one run, in the order of sending. The same shape gives the same plan.</summary>
internal static class TrafficPlan
{
    public static ImmutableArray<PlannedMessage> Make(TrafficShape shape, CustomerTexts texts)
    {
        var random = new Random(shape.Seed);
        var conversations = new ZipfDistribution(shape.Conversations, shape.Zipf);
        var messages = ImmutableArray.CreateBuilder<PlannedMessage>(shape.Messages);
        for (var n = 0; n < shape.Messages; n++)
        {
            var isRepeated = random.NextDouble() < shape.Repeated;
            messages.Add(random.NextDouble() < shape.HandedOver
                ? new PlannedMessage(null, texts.HandedOver[random.Next(texts.HandedOver.Length)], isRepeated)
                : new PlannedMessage(conversations.Draw(random), texts.Answered[random.Next(texts.Answered.Length)], isRepeated));
        }

        return messages.MoveToImmutable();
    }
}
