// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hpcdoc::app {

// A command wrote to standard output itself: an empty report would only disturb what reads it.
bool output_was_given();

} // namespace hpcdoc::app
