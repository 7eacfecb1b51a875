using System.Text.Json;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;
using static CustomerService.Grains.Tests.Conversations.ConversationSteps;

namespace CustomerService.Grains.Tests.Conversations;

/// <summary>Every turn writes the whole record, so it stays small.</summary>
public sealed class ConversationSizeTests
{
    [Fact]
    public void HandedOffConversation_WithItsRouteItsTermsAndAYearOfHolidays_IsSmall()
    {
        var holidays = Enumerable.Range(0, 40).Select(number => new CalendarException(new DateOnly(2026, 1, 1).AddDays(97 * number), "A day that is free", []));
        var week = Enum.GetValues<DayOfWeek>().SelectMany(day => new[] { new OpenSpan(day, 480, 720), new OpenSpan(day, 780, 1080) });
        var terms = Terms with { Calendar = new BusinessCalendar { Name = "office", TimeZone = "Europe/Berlin", Week = [.. week], Exceptions = [.. holidays] } };
        var conversation = Queued(Routed(Target("billing", 60), Target("experts", 120), Target("general")) with { Needs = [new SkillNeed("spanish", 3, true)] }, terms);
        conversation.Offer("ada", "billing-1").Offer("bob", "billing-2");

        var handedOff = JsonSerializer.SerializeToUtf8Bytes(conversation.State, GrainsJson.Default.ConversationState).Length;
        var plain = JsonSerializer.SerializeToUtf8Bytes(Queued().State, GrainsJson.Default.ConversationState).Length;

        Assert.True(handedOff <= 4 * 1024, $"With all that a queue may tell it takes {handedOff} bytes.");
        Assert.True(plain <= 1536, $"Without terms it takes {plain} bytes.");
    }
}
