// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/operation.h"

#include "models/domain/enumnames.h"

namespace Slipway {

namespace {

constexpr EnumNames<OperationState, 6> kOperationStates{{
    {OperationState::Requested, "requested"},
    {OperationState::Waiting, "waiting"},
    {OperationState::Running, "running"},
    {OperationState::Live, "live"},
    {OperationState::Failed, "failed"},
    {OperationState::Cancelled, "cancelled"},
}};

constexpr EnumNames<StepState, 6> kStepStates{{
    {StepState::Pending, "pending"},
    {StepState::Running, "running"},
    {StepState::Done, "done"},
    {StepState::Failed, "failed"},
    {StepState::Undone, "undone"},
    {StepState::Skipped, "skipped"},
}};

} // namespace

QString toString(OperationState state)
{
    return enumName(kOperationStates, state);
}

OperationState operationStateFromString(const QString &text)
{
    // A state this version does not know is not "live" and not "active": nobody must act on it.
    return enumValue(kOperationStates, text).value_or(OperationState::Failed);
}

QString toString(StepState state)
{
    return enumName(kStepStates, state);
}

StepState stepStateFromString(const QString &text)
{
    return enumValue(kStepStates, text).value_or(StepState::Pending);
}

} // namespace Slipway
